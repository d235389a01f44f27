// Draws the network on a canvas that can be moved and zoomed, from what the server's drawing says: the same places, the
// same addresses. Nothing moves by itself. Without this script the drawing stays, and the tables in any case.

const NAME = 13; // pixels, however near or far
const ROOM = { x: 64, top: 36, bottom: 56 }; // pixels around the middles of the outermost actors, for shapes and names
const CLOSEST = 1.25; // times its own size that a drawing is enlarged to fill the stage
const [FLATTEST, TALLEST] = [0.7, 3]; // times its height that the drawing is stretched to, for the form of the screen
const CLOSER = 1.4; // a press of a button
// Of each kind the shape, and its width and height for the area of a circle of radius 1; see network_picture.py.
const OUTLINES = {
  person: ["ellipse", 2, 2],
  state: ["rectangle", 1.772, 1.772],
  organisation: ["diamond", 2.507, 2.507],
  media: ["triangle", 2.694, 2.333],
};
const COLOURS = { person: "--line-1", state: "--ink-2", organisation: "--line-2", media: "--line-3" };

const figure = document.querySelector("figure.network");
if (figure) await enhance(figure);

async function enhance(shown) {
  const { default: cytoscape } = await import(shown.dataset.library);
  const drawing = shown.querySelector(".drawn svg");
  const stage = shown.querySelector(".stage");
  shown.querySelector(".drawn").hidden = true;
  stage.hidden = false;
  shown.querySelector(".zooming").hidden = false;
  shown.querySelector(".by-script").hidden = false;
  const cy = cytoscape({
    container: stage,
    elements: elementsOf(drawing, stage),
    style: styles(),
    layout: { name: "preset", fit: false },
    autounselectify: true,
    boxSelectionEnabled: false,
    minZoom: 0.05,
    maxZoom: 8,
    // A finger that moves the drawing is not to drag an actor out of its place instead.
    autoungrabify: matchMedia("(pointer: coarse)").matches,
  });
  fit(cy);
  cy.on("viewport free", () => { requestAnimationFrame(() => name(cy)); });
  new ResizeObserver(() => { cy.resize(); fit(cy); }).observe(stage);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { cy.style(styles()); name(cy); });
  listen(cy, shown, stage);
}

function elementsOf(drawing, stage) {
  const box = drawing.viewBox.baseVal;
  const form = (stage.clientHeight - ROOM.top - ROOM.bottom) / (stage.clientWidth - 2 * ROOM.x);
  const taller = Math.min(TALLEST, Math.max(FLATTEST, form * (box.width / box.height)));
  const nodes = [...drawing.querySelectorAll("a[data-actor]")].map((link) => ({
    data: {
      id: link.dataset.actor,
      kind: link.classList[0],
      radius: Number(link.dataset.radius),
      name: link.querySelector("text").textContent,
      told: link.querySelector("title").textContent,
      href: link.getAttribute("href"),
    },
    position: { x: Number(link.dataset.x), y: Number(link.dataset.y) * taller },
  }));
  const edges = [...drawing.querySelectorAll("a[data-pair]")].map((link) => {
    const [source, target] = link.dataset.pair.split("-");
    const width = Number(link.querySelector("line").getAttribute("stroke-width"));
    return { data: { id: link.dataset.pair, source, target, width, told: link.querySelector("title").textContent, href: link.getAttribute("href") } };
  });
  return { nodes, edges };
}

// Places spread as one comes closer, names keep their size, and shapes and lines grow half as fast.
function styles() {
  const root = getComputedStyle(document.documentElement);
  const colour = (token) => root.getPropertyValue(token).trim();
  const size = (node, length) => (length * node.data("radius")) / Math.sqrt(node.cy().zoom());
  return [
    { selector: "node", style: {
      shape: (node) => OUTLINES[node.data("kind")][0],
      width: (node) => size(node, OUTLINES[node.data("kind")][1]),
      height: (node) => size(node, OUTLINES[node.data("kind")][2]),
      "background-color": (node) => colour(COLOURS[node.data("kind")]),
      label: "data(name)",
      color: colour("--ink"),
      "font-family": getComputedStyle(document.body).fontFamily,
      "font-size": (node) => NAME / node.cy().zoom(),
      "font-weight": 600,
      "text-valign": "bottom",
      "text-margin-y": (node) => 3 / node.cy().zoom(),
      "text-outline-color": colour("--sheet"),
      "text-outline-width": (node) => 2.5 / node.cy().zoom(),
      "overlay-opacity": 0,
      "z-index": "data(radius)", // the name of a large one stands over a small one's shape
    } },
    { selector: "edge", style: {
      width: (edge) => edge.data("width") / Math.sqrt(edge.cy().zoom()),
      "line-color": colour("--bar"),
      "line-opacity": 0.6,
      "curve-style": "straight",
      "overlay-opacity": 0,
    } },
    { selector: ".nameless", style: { "text-opacity": 0, "text-outline-opacity": 0 } },
    { selector: "edge.meant", style: { "line-color": colour("--accent"), "line-opacity": 1 } },
    { selector: "node.meant", style: { "text-opacity": 1, "text-outline-opacity": 1, "z-index": 99 } },
    { selector: ".faded", style: { opacity: 0.2 } },
  ];
}

function fit(cy) {
  const places = cy.nodes().map((node) => node.position());
  const [left, right] = [Math.min(...places.map((one) => one.x)), Math.max(...places.map((one) => one.x))];
  const [top, bottom] = [Math.min(...places.map((one) => one.y)), Math.max(...places.map((one) => one.y))];
  const zoom = Math.min(
    (cy.width() - 2 * ROOM.x) / Math.max(1, right - left),
    (cy.height() - ROOM.top - ROOM.bottom) / Math.max(1, bottom - top),
    CLOSEST,
  );
  const pan = {
    x: cy.width() / 2 - (zoom * (left + right)) / 2,
    y: (cy.height() + ROOM.top - ROOM.bottom) / 2 - (zoom * (top + bottom)) / 2,
  };
  cy.viewport({ zoom, pan });
  name(cy);
}

// The largest actors are named first; a name that would cover another one, or a larger shape, or would be cut off by the
// edge, waits until one comes closer.
function name(cy) {
  cy.style().update();
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = `600 ${NAME}px ${getComputedStyle(document.body).fontFamily}`;
  const taken = [];
  for (const node of cy.nodes().sort((one, other) => other.data("radius") - one.data("radius"))) {
    const { x, y } = node.renderedPosition();
    const half = pen.measureText(node.data("name")).width / 2 + 2;
    const [across, down] = [node.renderedWidth() / 2, node.renderedHeight() / 2];
    const box = { left: x - half, right: x + half, top: y + down, bottom: y + down + NAME + 5 };
    const cut = box.left < 0 || box.right > cy.width() || box.bottom > cy.height();
    const roomless = cut || taken.some((one) => box.left < one.right && one.left < box.right && box.top < one.bottom && one.top < box.bottom);
    node.toggleClass("nameless", roomless);
    taken.push({ left: x - across, right: x + across, top: y - down, bottom: y + down });
    if (!roomless) taken.push(box);
  }
}

function mean(cy, element) {
  cy.elements().removeClass("meant faded");
  if (!element || element.empty()) return;
  const near = element.isNode() ? element.closedNeighborhood() : element.union(element.connectedNodes());
  near.addClass("meant");
  cy.elements().difference(near).addClass("faded");
}

function listen(cy, shown, stage) {
  cy.on("mouseover", "node, edge", (event) => {
    stage.classList.add("over");
    stage.title = event.target.data("told");
    mean(cy, event.target);
  });
  cy.on("mouseout", "node, edge", () => {
    stage.classList.remove("over");
    stage.title = "";
    mean(cy, null);
  });
  cy.on("tap", "node, edge", (event) => {
    const href = event.target.data("href");
    if (event.originalEvent.ctrlKey || event.originalEvent.metaKey) open(href);
    else location.assign(href);
  });
  // The wheel alone scrolls the page; it never reaches the drawing.
  shown.addEventListener("wheel", (event) => { if (!event.ctrlKey) event.stopPropagation(); }, { capture: true });
  shown.querySelector(".zooming").addEventListener("click", (event) => {
    const way = event.target.closest("button")?.dataset.zoom;
    if (way === "fit") fit(cy);
    else if (way) cy.zoom({ level: cy.zoom() * (way === "in" ? CLOSER : 1 / CLOSER), renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  });
  // Whoever goes through the tables, by keyboard or pointer, sees in the drawing which is meant.
  for (const row of document.querySelectorAll("tr[data-pair], tr[data-actor]")) {
    const element = () => cy.getElementById(row.dataset.pair ?? row.dataset.actor);
    for (const coming of ["focusin", "pointerenter"]) row.addEventListener(coming, () => mean(cy, element()));
    for (const going of ["focusout", "pointerleave"]) row.addEventListener(going, () => mean(cy, null));
  }
}
