// Facets stand open where there is room for them and folded on a phone; without a script they are folded.
export function foldFacets(): void {
  const facets = document.getElementById("facets");
  if (facets instanceof HTMLDetailsElement) facets.open = window.matchMedia("(min-width: 62rem)").matches;
}
