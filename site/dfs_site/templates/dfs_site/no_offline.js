// Copies for offline reading are switched off: the next visit removes what an earlier one kept, and this worker.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => {
  event.waitUntil(Promise.all(["dfs-pages", "dfs-files"].map((name) => caches.delete(name))).then(() => registration.unregister()));
});
