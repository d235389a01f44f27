// The first page's search box is ready to type in, where a keyboard is at hand: focusing it on a phone would open one
// over half the page. Whoever came by Back, to a place within the page, or is already somewhere in it, stays there.
const box = document.getElementById("q");
const [visit] = performance.getEntriesByType("navigation");
const undisturbed = document.activeElement === document.body && !location.hash && visit?.type !== "back_forward";

if (box && undisturbed && matchMedia("(hover: hover) and (pointer: fine)").matches) {
  box.focus({ preventScroll: true });
}
