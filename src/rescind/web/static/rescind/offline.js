// Keeps a copy of one's cases on this device, for when Rescind cannot be reached.
navigator.serviceWorker?.register("/offline.worker.js").catch(() => {});
