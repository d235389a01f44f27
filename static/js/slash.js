// "/" moves to the search box from anywhere, unless the reader is typing already. Everything works without it.

const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const box = document.getElementById("q");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
});

// Browsers that cannot show a closed sheet beside the results (no ::details-content) get it opened on a wide screen.
const sheet = document.querySelector("details.sheet");
if (sheet && !CSS.supports("selector(::details-content)") && matchMedia("(min-width: 52.01rem)").matches) sheet.open = true;
