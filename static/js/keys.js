// Keys: "/" goes to the search box, j and k step through a list of articles, "?" shows which keys there are. Any other
// key presses the link or button that names it in data-key; of several that can be seen, the last. None works while
// somebody is typing or holds another key down, and everything works without them.

const typing = (element) => element.closest("input:not([type=hidden]), textarea, select, [contenteditable], dialog") !== null;

function named(key) {
  const all = [...document.querySelectorAll(`[data-key~="${CSS.escape(key)}"]`)];
  return all.filter((one) => one.checkVisibility()).at(-1);
}

function toSearchBox() {
  const box = document.getElementById("q");
  box?.focus();
  box?.select();
  return box;
}

function step(by) {
  const rows = [...document.querySelectorAll(".hit h2 a, .card h3 a, .queue tbody tr, .pile a")]
    .map((row) => (row.matches("tr") ? row.querySelector("td:first-child a, button") : row)).filter(Boolean);
  const here = rows.findIndex((row) => row.closest("li, tr").contains(document.activeElement));
  const inView = rows.findIndex((row) => row.getBoundingClientRect().top >= 0);
  const row = rows[here < 0 ? Math.max(inView, 0) : here + by];
  row?.focus();
  return row;
}

// The words stand on the page of help, where they are read without scripts as well.
async function showKeys(link) {
  let dialog = document.querySelector("dialog.keys");
  if (!dialog) {
    const answer = await fetch(link.href);
    const help = new DOMParser().parseFromString(await answer.text(), "text/html");
    dialog = document.createElement("dialog");
    dialog.className = "keys prose";
    dialog.setAttribute("aria-labelledby", "keys-name");
    const close = Object.assign(document.createElement("button"), { className: "quiet", textContent: "Close" });
    close.addEventListener("click", () => dialog.close());
    dialog.append(...help.getElementById("keys").childNodes, close);
    document.body.append(dialog);
  }
  dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  const { key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
  const pressed = named(key);
  let done = pressed;
  if (key === "?" && pressed && !document.getElementById("keys")) {
    showKeys(pressed).catch(() => location.assign(pressed.href));
  } else if (pressed) pressed.click();
  else if (key === "/") done = toSearchBox();
  else if (key === "j" || key === "k") done = step(key === "j" ? 1 : -1);
  if (done) event.preventDefault();
});
