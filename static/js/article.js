// The article's page: which kinds of marks are off is remembered in this browser and nowhere else, and Escape puts
// away the evidence that hovering, focus or a click has brought up. Both work without it, but for these two.

const KEPT = "marks off";
const switches = [...document.querySelectorAll("[data-mark]")];

// A browser may keep nothing, such as in a private window; then the switches last as long as the page.
const kept = () => {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? [];
  } catch {
    return [];
  }
};
const keep = (kinds) => {
  try {
    localStorage.setItem(KEPT, JSON.stringify(kinds));
  } catch {
    return;
  }
};

for (const one of switches) {
  if (kept().includes(one.dataset.mark)) one.checked = false;
  one.addEventListener("change", () => {
    const others = kept().filter((kind) => kind !== one.dataset.mark);
    keep(one.checked ? others : [...others, one.dataset.mark]);
  });
}

const evidence = [...document.querySelectorAll("details.evidence, details.marks")];
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const one of evidence) {
    one.open = false;
    if (one.matches(":hover, :focus-within")) one.classList.add("dismissed");
  }
});
for (const one of evidence) {
  for (const leaving of ["pointerleave", "focusout"]) {
    one.addEventListener(leaving, (event) => {
      if (!one.contains(event.relatedTarget)) one.classList.remove("dismissed");
    });
  }
}
