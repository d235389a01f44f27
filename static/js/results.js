// What a swap of the results by htmx needs besides: where the reader was, what is told aloud, Back and Forward, and
// plain words when the archive is slow or silent. Without this file and htmx every link loads a whole page.

const SLOW = 4000; // milliseconds after which a reader may think that the click was lost

const found = () => document.getElementById("found");
const address = () => location.pathname + location.search;
const places = new Map(); // of each address that was left: how far it was scrolled, and what had the focus

let here = address();
let patience;
let leaving; // what the reader was at when the results were asked for

// 1. Which clicks are for htmx: plain ones on addresses of this page. All others are the browser's.
const changesResults = (url) => url.origin === location.origin && url.pathname === location.pathname;

document.addEventListener("click", (event) => {
  const link = event.target.closest("#found a[href]");
  if (!link) return;
  if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return event.stopPropagation();
  const href = link.getAttribute("href");
  if (link.closest(".done")) link.closest("details").open = false;
  if (!changesResults(new URL(href, location)) || href.startsWith("#")) return event.stopPropagation();
  // A bar of the drawing has its row in the table below, a link of HTML, which htmx knows.
  const row = link instanceof SVGElement && [...found().querySelectorAll(".behind a")].find((one) => one.getAttribute("href") === href);
  if (row) {
    event.preventDefault();
    row.click();
  }
}, true);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get" || !changesResults(new URL(form.action))) event.stopPropagation();
}, true);

// 2. What keeps the focus: the same control after the swap, or else the count.
function keyOf(element) {
  const row = element.closest(".facet li")?.querySelector("[data-value]");
  if (row) return `[data-facet="${row.dataset.facet}"][data-value="${CSS.escape(row.dataset.value)}"]`;
  if (element.id) return `#${CSS.escape(element.id)}`;
  const list = element.closest(".sorting ul, .asked-spellings")?.getAttribute("aria-labelledby");
  return list ? `[aria-labelledby="${list}"] a[href="${CSS.escape(element.getAttribute("href"))}"]` : "";
}

function focusOn(key) {
  const same = key && key !== "#q" && found().querySelector(key);
  const target = same && same.checkVisibility() ? same : document.getElementById("count");
  target.focus({ preventScroll: true });
  return target;
}

// 3. Before: note the place, show that something is under way.
document.addEventListener("htmx:beforeRequest", (event) => {
  const { elt, requestConfig } = event.detail;
  const from = elt instanceof HTMLFormElement ? requestConfig.triggeringEvent?.submitter ?? document.activeElement : elt;
  const open = [...found().querySelectorAll("details[open]")].map((one) => one.className);
  leaving = { key: keyOf(from), turning: Boolean(from.closest(".paging")), open };
  found().setAttribute("aria-busy", "true");
  trouble("");
  clearTimeout(patience);
  patience = setTimeout(() => trouble("The archive is still searching."), SLOW);
});

document.addEventListener("htmx:beforeHistorySave", () => {
  places.set(here, { top: scrollY, key: leaving?.key });
});

document.addEventListener("htmx:pushedIntoHistory", () => { here = address(); });

// Words that somebody is typing outlast the form that is swapped round them.
document.addEventListener("htmx:oobBeforeSwap", (event) => {
  const box = document.activeElement;
  if (box.id === "q" && box.value !== box.defaultValue) event.detail.fragment.querySelector("#q").value = box.value;
});

// 4. After: unfolded parts stay unfolded, the focus has a place, the count is told.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "found") return;
  for (const part of leaving.open) found().querySelectorAll("details").forEach((one) => { if (one.className === part) one.open = true; });
  const left = event.detail.requestConfig?.headers[RESTORING] && places.get(here);
  const told = document.getElementById("count").textContent;
  if (left) {
    focusOn(left.key);
    scrollTo(0, left.top);
  } else if (leaving.turning) {
    found().querySelector(".hit a").focus({ preventScroll: true });
    found().querySelector(".hits").scrollIntoView();
  } else {
    focusOn(leaving.key).scrollIntoView({ block: "nearest" });
  }
  const pages = found().querySelector(".paging span")?.textContent ?? "";
  document.getElementById("told").textContent = `${told}${pages && `. ${pages}`}`;
});

document.addEventListener("htmx:afterRequest", () => {
  clearTimeout(patience);
  found().removeAttribute("aria-busy");
});

// 5. Back and Forward come the same way as clicks, so that the latest wins; what is asked for is the whole page.
const RESTORING = "HX-History-Restore-Request";

document.addEventListener("htmx:historyCacheMiss", (event) => {
  event.preventDefault();
  here = address();
  const restored = htmx.ajax("GET", here, {
    source: "#found", target: "#found", swap: "outerHTML", select: "#found", selectOOB: "#searchbox",
    headers: { [RESTORING]: "true" },
  });
  restored.catch(() => {}); // what goes wrong is told below, as of any request
});

// 6. Trouble, in words. The results that are there stay.
function trouble(words, url) {
  clearTimeout(patience);
  const note = document.getElementById("trouble");
  note.textContent = words;
  if (!url) return;
  const again = Object.assign(document.createElement("a"), { href: url, textContent: "Try again" });
  note.append(" ", again);
}

const asked = (event) => event.detail.pathInfo.finalRequestPath ?? event.detail.pathInfo.requestPath;

document.addEventListener("htmx:beforeSwap", (event) => {
  // Whoever was signed out meanwhile is sent to the page to sign in, which is no part of this one.
  if (event.detail.isError || event.detail.xhr.responseText.includes('id="found"')) return;
  event.detail.shouldSwap = false;
  location.assign(asked(event));
});
document.addEventListener("htmx:sendError", (event) => {
  trouble("The archive cannot be reached. What you see is the search before.", asked(event));
});
document.addEventListener("htmx:timeout", (event) => {
  trouble("The archive did not answer in a minute. What you see is the search before.", asked(event));
});
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  const why = status === 503 ? "The search cannot answer now." : `The archive could not show this search (error ${status}).`;
  trouble(`${why} What you see is the search before.`, asked(event));
});

// 7. Browsers that cannot show a closed sheet beside the results (no ::details-content) get it opened on a wide screen.
function unfoldSheet() {
  const wide = !CSS.supports("selector(::details-content)") && matchMedia("(min-width: 52.01rem)").matches;
  const sheet = document.querySelector("details.sheet");
  if (wide && sheet) sheet.open = true;
}
unfoldSheet();
document.addEventListener("htmx:afterSwap", unfoldSheet);
