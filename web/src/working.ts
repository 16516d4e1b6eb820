// A page that is long in coming is told of: in words, after a moment, where a screen reader hears it. What comes at once
// shows nothing. Files are saved and not come to, so they are left out.
const SOON = 400; // milliseconds
const FILES = /\.(csv|jsonl)$/;

export function tellOfWork(): void {
  const place = document.getElementById("working");
  if (!place) return;
  let timer: number | undefined;
  const begin = (event: Event, address: string): void => {
    const to = new URL(address, location.href);
    const here = to.href.split("#")[0] === location.href.split("#")[0] && to.hash !== "";
    if (here || to.origin !== location.origin || FILES.test(to.pathname)) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (!event.defaultPrevented) place.textContent = place.dataset.says ?? "";
    }, SOON);
  };
  const end = (): void => {
    window.clearTimeout(timer);
    place.replaceChildren();
  };
  document.addEventListener("click", (event) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
    if (link) begin(event, link.href);
  });
  document.addEventListener("submit", (event) => {
    const by = event.submitter;
    const own = by instanceof HTMLButtonElement && by.hasAttribute("formaction") ? by.formAction : null;
    if (event.target instanceof HTMLFormElement) begin(event, own ?? event.target.action);
  });
  window.addEventListener("pageshow", end);
  window.addEventListener("pagehide", end);
}
