// Enter or Esc in the box for the reason leaves it, so that the next key is a verdict. Without this file Enter does
// nothing there: no button is the one that it would press.

document.querySelectorAll(".verdict [name=reason]").forEach((box) => box.addEventListener("keydown", (event) => {
  if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
  event.preventDefault();
  box.blur();
}));
