// A key presses the button or link that names it in data-key, unless somebody is typing; of several that can be
// seen, the last. They work without it.

const typing = (element) => element.closest("input:not([type=hidden]), textarea, select, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
  const named = [...document.querySelectorAll(`[data-key="${CSS.escape(event.key)}"]`)];
  const button = named.filter((one) => one.checkVisibility()).at(-1);
  if (!button) return;
  event.preventDefault();
  button.click();
});
