// What the words at the caret may become, listed under a search box while somebody types: an editable combobox as
// ARIA 1.2 describes it. Without this file, or when the archive does not answer, the box takes words as it always does.

const WAIT = 150; // milliseconds without a key before the archive is asked
const LONGEST = 200; // characters before the caret, of which the last words matter

let asked = new AbortController();
let waiting;
let shown = []; // the suggestions of the list that is open
let active = -1;

const boxes = "input[data-suggest]";

// The list is made when it is first needed: a box may have come in with new results.
function listOf(box) {
  const id = `${box.id}-suggestions`;
  const made = document.getElementById(id);
  if (made) return made;
  const list = Object.assign(document.createElement("ul"), { id, className: "suggestions", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  box.after(list);
  box.setAttribute("aria-controls", id);
  return list;
}

function close(box) {
  clearTimeout(waiting);
  asked.abort();
  shown = [];
  active = -1;
  listOf(box).hidden = true;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function piece(name, text) {
  const span = document.createElement("span");
  span.className = name;
  span.textContent = text;
  return span;
}

function open(box, suggestions) {
  if (suggestions.length === 0) return close(box);
  shown = suggestions;
  const list = listOf(box);
  list.replaceChildren(...suggestions.map((one, place) => {
    const option = document.createElement("li");
    option.id = `${list.id}-${place}`;
    option.setAttribute("role", "option");
    option.dataset.place = place;
    const counted = one.count === null ? "" : `, ${one.count.toLocaleString("en-GB")} ${one.count === 1 ? "article" : "articles"}`;
    option.append(piece("suggested", one.text), " ", piece("detail", `${one.detail}${counted}`));
    return option;
  }));
  list.hidden = false;
  box.setAttribute("aria-expanded", "true");
  activate(box, -1);
}

function activate(box, place) {
  active = place;
  for (const option of listOf(box).children) {
    const chosen = Number(option.dataset.place) === place;
    option.setAttribute("aria-selected", chosen);
    if (chosen) option.scrollIntoView({ block: "nearest" });
  }
  if (place < 0) box.removeAttribute("aria-activedescendant");
  else box.setAttribute("aria-activedescendant", listOf(box).children[place].id);
}

async function look(box) {
  asked.abort();
  asked = new AbortController();
  const before = box.value.slice(0, box.selectionStart).slice(-LONGEST);
  if (before.trim() === "") return close(box);
  try {
    const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(before)}`, { signal: asked.signal });
    const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
    if (document.activeElement === box) open(box, suggestions);
  } catch (fault) {
    // What a newer key cut short leaves the list to that key; when the archive is silent there is nothing to suggest.
    if (fault.name !== "AbortError") close(box);
  }
}

// The clause takes the place of what it was found for and of the rest of the word that the caret stands in.
function choose(box, suggestion) {
  if (!suggestion) return close(box);
  const { typed, query } = suggestion;
  const caret = box.selectionStart;
  const start = caret - typed.length;
  if (box.value.slice(start, caret) !== typed) return close(box);
  const rest = box.value.slice(caret);
  const inQuotes = (typed.match(/["“”]/g) ?? []).length === 1;
  const [more] = (inQuotes ? /^[^"“”]*["“”]?/ : /^[^\s()"“”]*/).exec(rest);
  const goesOn = /[:)]$/.test(query);
  const space = goesOn || /^[\s)]/.test(rest.slice(more.length)) ? "" : " ";
  box.setRangeText(query + space, start, caret + more.length, "end");
  if (query.endsWith("()")) box.setSelectionRange(box.selectionStart - 1, box.selectionStart - 1);
  close(box);
  if (query.endsWith(":")) look(box);
}

document.addEventListener("input", (event) => {
  if (!event.target.matches(boxes) || event.isComposing) return;
  clearTimeout(waiting);
  waiting = setTimeout(look, WAIT, event.target);
});

document.addEventListener("keydown", (event) => {
  const box = event.target;
  if (!box.matches(boxes) || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const last = shown.length - 1;
  if (event.key === "ArrowDown" && last < 0) look(box);
  else if (event.key === "ArrowDown") activate(box, active === last ? -1 : active + 1);
  else if (event.key === "ArrowUp" && last >= 0) activate(box, active < 0 ? last : active - 1);
  else if (event.key === "Enter" && active >= 0) choose(box, shown[active]);
  else if (event.key === "Escape" && last >= 0) close(box);
  else return;
  event.preventDefault();
});

// A press must not take the focus from the box, or the list would close before the click.
document.addEventListener("pointerdown", (event) => {
  if (event.target.closest(".suggestions")) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const option = event.target.closest(".suggestions [role=option]");
  if (option) choose(option.closest("ul").previousElementSibling, shown[Number(option.dataset.place)]);
});
document.addEventListener("focusout", ({ target }) => {
  if (target.matches(boxes)) close(target);
});
document.addEventListener("submit", ({ target }) => target.querySelectorAll(boxes).forEach(close));

// Who typed before this was here has not been heard.
const first = document.activeElement;
if (first.matches(boxes) && first.value !== first.defaultValue) look(first);
