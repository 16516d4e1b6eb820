// Views saved under a name, in this browser alone: a view is an address, and so is what is saved.
const SHELF = "tocsin.views";
type View = { name: string; query: string };

export function savedViews(): void {
  const place = document.querySelector<HTMLDetailsElement>("details[data-saved]");
  const form = place?.querySelector("form");
  if (!place || !form) return;
  place.hidden = false;
  show(place);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = String(new FormData(form).get("name") ?? "").trim();
    if (!name) return;
    keep([...kept().filter((view) => view.name !== name), { name, query: location.search }]);
    form.reset();
    show(place);
  });
  place.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("li button") : null;
    const name = button?.closest("li")?.querySelector("a")?.textContent;
    if (!name) return;
    keep(kept().filter((view) => view.name !== name));
    show(place);
  });
}

function show(place: HTMLElement): void {
  const list = place.querySelector("ul");
  const row = place.querySelector("template");
  const none = place.querySelector<HTMLElement>("[data-none]");
  if (!list || !row || !none) return;
  const views = kept();
  list.replaceChildren();
  none.hidden = views.length > 0;
  for (const view of views) {
    const made = document.importNode(row.content, true);
    const link = made.querySelector("a");
    if (link) {
      link.append(view.name);
      link.setAttribute("href", "/records" + view.query); // a query begins with "?", so it leads nowhere else
    }
    list.append(made);
  }
}

function kept(): View[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(SHELF) ?? "[]");
    return Array.isArray(found) ? found.filter(isView) : [];
  } catch {
    return [];
  }
}

function isView(value: unknown): value is View {
  const view = value as Partial<View> | null;
  return typeof view?.name === "string" && typeof view.query === "string" && /^(\?|$)/.test(view.query);
}

function keep(views: View[]): void {
  try {
    localStorage.setItem(SHELF, JSON.stringify(views));
  } catch {
    // a browser that keeps nothing: the view is still an address
  }
}
