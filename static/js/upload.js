// Sends an upload in parts, so that a folder of thousands of files arrives and its progress shows; takes files and
// folders that are dropped. Without it the form sends everything in one piece.

const PART_FILES = 100;
const PART_BYTES = 32 * 1024 * 1024;

const form = document.querySelector("form.upload");
const drop = form.querySelector(".drop");
const dropped = [];

const words = (text) => { form.querySelector(".sending-words").textContent = text; };

// Each entry is {file, path}; a dropped folder is walked, a chosen one brings its paths along.
async function walk(entry, into) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    into.push({ file, path: entry.fullPath.replace(/^\//, "") });
    return;
  }
  const reader = entry.createReader();
  const read = () => new Promise((resolve, reject) => reader.readEntries(resolve, reject));
  for (let some = await read(); some.length > 0; some = await read()) {
    for (const inner of some) await walk(inner, into);
  }
}

function chosen() {
  const inputs = [...form.querySelectorAll("input[type=file]")];
  const picked = inputs.flatMap((input) => [...input.files]).map((file) => ({ file, path: file.webkitRelativePath || file.name }));
  return [...picked, ...dropped];
}

function parts(entries) {
  const all = [];
  let bytes = Infinity;
  for (const entry of entries) {
    if (bytes + entry.file.size > PART_BYTES || all.at(-1).length >= PART_FILES) {
      all.push([]);
      bytes = 0;
    }
    all.at(-1).push(entry);
    bytes += entry.file.size;
  }
  return all;
}

// XMLHttpRequest, since fetch does not tell how much of a body has been sent.
function post(address, body, told = () => {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("X-CSRFToken", form.elements.csrfmiddlewaretoken.value);
    request.upload.addEventListener("progress", (event) => told(event.loaded));
    request.addEventListener("error", () => reject(new Error("The connection broke. What arrived is kept; send it again or go on from the list below.")));
    request.addEventListener("load", () => {
      if (request.status < 400) resolve(request);
      else if (request.getResponseHeader("Content-Type")?.startsWith("application/json")) reject(new Error(JSON.parse(request.responseText).error));
      else reject(new Error(request.status === 403 ? "You are signed out. Sign in again, then send it again." : `The archive answered with ${request.status}. Try again, or ask who runs it to look into its log.`));
    });
    request.send(body);
  });
}

async function send(entries) {
  const bar = form.querySelector(".sending-bar");
  const total = entries.reduce((sum, entry) => sum + entry.file.size, 0) || 1;
  form.querySelector(".sending").hidden = false;
  let before = 0;
  const opened = JSON.parse((await post(form.dataset.begin, new FormData())).responseText);
  for (const part of parts(entries)) {
    const body = new FormData();
    for (const entry of part) body.append("pages", entry.file);
    body.append("paths", JSON.stringify(part.map((entry) => entry.path)));
    await post(opened.files, body, (sent) => {
      bar.value = Math.min(100, (100 * (before + sent)) / total);
      words(`Sending: ${Math.round(bar.value)} %`);
    });
    before += part.reduce((sum, entry) => sum + entry.file.size, 0);
  }
  words("Sent. Going to watch it being read…");
  location.assign((await post(opened.start, new FormData())).responseURL);
}

form.addEventListener("submit", async (event) => {
  const entries = chosen();
  const text = form.elements.text.value;
  if (text.trim()) entries.push({ file: new File([text], "pasted text.txt"), path: "pasted text.txt" });
  if (entries.length === 0) return;
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    await send(entries);
  } catch (error) {
    words(error.message);
    button.disabled = false;
  }
});

form.querySelector(".drop-hint").hidden = false;
for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
}
drop.addEventListener("dragleave", (event) => { if (!drop.contains(event.relatedTarget)) drop.classList.remove("over"); });
drop.addEventListener("drop", async (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  for (const entry of entries) await walk(entry, dropped);
  form.querySelector(".drop-hint").textContent = `${dropped.length} dropped here; “Take them in” sends them.`;
});
