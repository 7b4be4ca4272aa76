// CardSort: a deck of cards to sort; all of it is in sorting.js.
export default okl.widget({ name: "card-sort", setup: (ui) => oklSorting(ui, "card-sort") });
