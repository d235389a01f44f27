// Scripts that are fetched when somebody goes to what they serve: an element with data-script says which. Until then it
// is shown as what it will be: a search box as one that suggests, a button that only a script can serve.

const box = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false" };
const ready = new Set();

function show() {
  for (const one of document.querySelectorAll("[data-script]:not([role])")) {
    one.hidden = false;
    if (one.dataset.suggest) for (const [name, value] of Object.entries(box)) one.setAttribute(name, value);
  }
}

async function fetchFor({ target }) {
  const served = target.closest("[data-script]");
  if (!served) return;
  const { script } = served.dataset;
  await import(script);
  ready.add(script);
}

// What was pressed before its script was there is pressed again.
async function press(event) {
  const served = event.target.closest("button[data-script]");
  if (!served || ready.has(served.dataset.script)) return;
  event.stopImmediatePropagation();
  await fetchFor(event);
  served.click();
}

show();
// What came in with new results.
document.addEventListener("htmx:load", show);
for (const near of ["focusin", "pointerover"]) document.addEventListener(near, fetchFor);
document.addEventListener("click", press);
if (document.activeElement) fetchFor({ target: document.activeElement });
