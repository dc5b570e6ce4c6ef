// Keeps copies of the public pages somebody has opened, and shows them while there is no connection.
// Only what the server marks for everybody is kept; nothing below /admin/ or /api/ is even looked at.
const { days, files, languages, words } = {{ settings|safe }};
const PAGES = "dfs-pages", FILES = "dfs-files", MOST = 200, DAY = 86400000;
const marked = new Set();

const code = (path) => languages.find((language) => path.startsWith(`/${language}/`));
const isOurs = (path) => path === "/" || code(path) !== undefined;
const copiedAt = (copy) => Number(copy.headers.get("Copied-At"));
const isFresh = (copy) => Date.now() - copiedAt(copy) < days * DAY;
const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const dated = (copy, language) => new Date(copiedAt(copy)).toLocaleDateString(language === "en" ? "en-GB" : language, { dateStyle: "long" });

addEventListener("install", (event) => {
  event.waitUntil(caches.open(FILES).then((cache) => cache.addAll(files)).then(() => skipWaiting()));
});

addEventListener("activate", (event) => event.waitUntil(start()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && isOurs(url.pathname)) event.respondWith(open(event, url));
  else if (files.includes(url.pathname) || url.pathname.startsWith("/static/dfs_") || request.destination === "image") {
    event.respondWith(part(event));
  }
});

// What an older version of this worker kept goes; the pages that are open now are the first copies.
async function start() {
  const cache = await caches.open(FILES);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/static/") && !files.includes(pathname)) await cache.delete(request);
  }
  await clients.claim();
  await forgetTheOld();
  for (const client of await clients.matchAll({ type: "window" })) {
    const url = new URL(client.url);
    if (isOurs(url.pathname)) await fetch(url.href).then((answer) => keep(url, answer)).catch(() => {});
  }
}

async function open(event, url) {
  let answer;
  try {
    answer = await fetch(event.request);
  } catch {
    return (await copyOf(url)) ?? listOfCopies(url);
  }
  event.waitUntil(keep(url, answer.clone()));
  return answer;
}

// The query is left out: what somebody searched for is not written down.
async function keep(url, answer) {
  const control = answer.headers.get("Cache-Control") ?? "";
  const isHtml = (answer.headers.get("Content-Type") ?? "").startsWith("text/html");
  const cache = await caches.open(PAGES);
  if (answer.status === 404 || answer.status === 410) await cache.delete(url.pathname);
  if (!answer.ok || answer.redirected || url.search || !isHtml || /no-store|private/.test(control)) return;
  if (!answer.headers.has("Offline-Copy")) return;
  marked.add(url.pathname);
  const html = await answer.text();
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.delete("Content-Length");
  headers.set("Copied-At", String(Date.now()));
  headers.set("Copied-Title", encodeURIComponent(html.match(/<title>([^<]*)/)?.[1] ?? ""));
  await cache.put(url.pathname, new Response(html, { headers }));
  await forgetTheOld();
}

async function forgetTheOld() {
  const cache = await caches.open(PAGES);
  const copies = await kept(cache);
  for (const [number, { request, copy }] of copies.entries()) {
    if (number >= MOST || !isFresh(copy)) await cache.delete(request);
  }
}

// The newest first.
async function kept(cache) {
  const requests = await cache.keys();
  const copies = await Promise.all(requests.map(async (request) => ({ request, copy: await cache.match(request) })));
  return copies.filter(({ copy }) => copy).sort((a, b) => copiedAt(b.copy) - copiedAt(a.copy));
}

async function copyOf(url) {
  const copy = await (await caches.open(PAGES)).match(url.pathname);
  if (!copy || !isFresh(copy)) return undefined;
  const html = await copy.text();
  const language = html.match(/<html lang="([\w-]+)"/)?.[1] ?? languages[0];
  const said = (words[language] ?? words[languages[0]]).copy.replace("{date}", dated(copy, language));
  const note = `<div class="wrap"><div class="call call-warn mb" role="status" id="offline-copy"><p>${escape(said)}</p></div></div>`;
  return new Response(html.replace(/<main\b[^>]*>/, (tag) => tag + note), { headers: copy.headers });
}

async function listOfCopies(url) {
  const language = code(url.pathname) ?? languages.find((known) => navigator.language.toLowerCase().startsWith(known)) ?? languages[0];
  const { title, nothing, list, lang, dir } = words[language];
  const copies = (await kept(await caches.open(PAGES))).filter(({ copy }) => isFresh(copy));
  const rows = copies.map(({ request, copy }) => {
    const path = new URL(request.url).pathname;
    const name = decodeURIComponent(copy.headers.get("Copied-Title")) || path;
    return `<li><a href="${escape(path)}"><bdi>${name}</bdi></a> <span class="note">${dated(copy, lang)}</span></li>`;
  });
  const style = files.find((file) => file.endsWith(".css"));
  const html = `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${escape(title)}</title><link rel="stylesheet" href="${style}"></head>
<body><main id="main"><div class="wrap prose"><h1>${escape(title)}</h1><p class="lead">${escape(nothing)}</p>${rows.length ? `<h2>${escape(list)}</h2><ul>${rows.join("")}</ul>` : ""}</div></main></body></html>`;
  const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": "default-src 'none'; style-src 'self'" };
  return new Response(html, { status: 503, headers });
}

// Style sheets, scripts and the images of pages that are kept; images of anything else are never stored.
async function part(event) {
  const { request } = event;
  const cache = await caches.open(FILES);
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.type === "basic" && (await isKeptPart(request))) {
      const copy = answer.clone();
      event.waitUntil(cache.put(request, copy));
    }
    return answer;
  } catch (error) {
    const copy = await cache.match(request);
    if (copy) return copy;
    throw error;
  }
}

async function isKeptPart(request) {
  const { pathname } = new URL(request.url);
  if (pathname.startsWith("/static/")) return true;
  const page = request.referrer && new URL(request.referrer).pathname;
  return Boolean(page) && (marked.has(page) || Boolean(await (await caches.open(PAGES)).match(page)));
}
