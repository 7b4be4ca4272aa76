// Poll: choose the answer nearest to yours, then see what each of them brings. Nothing is marked.
export default okl.widget({
  name: "poll",
  setup(ui) {
    const { h } = okl;
    let pick = null; // { id, ack } not confirmed yet

    const chosen = (view) => {
      if (pick && ui.settled(pick.ack)) pick = null;
      return pick?.id ?? view.chosen;
    };

    const option = (view, o) => {
      const id = `${ui.id}-${o.id}`;
      return h("label", { key: o.id, class: "okl-option", for: id },
        h("input", {
          type: "radio", name: `${ui.id}-poll`, id, checked: chosen(view) === o.id, focusKey: `o-${o.id}`,
          onchange: () => { pick = { id: o.id, ack: ui.send("choose", { option: o.id }) }; ui.redraw(); },
        }),
        h("span", null, o.text));
    };

    const asking = (view) => [
      h("fieldset", { key: "options", class: "poll-options" },
        h("legend", null, h("b", null, view.question)),
        view.options.map((o) => option(view, o))),
      h("div", { key: "do" }, okl.actions(
        h("p", { class: "okl-small okl-muted" }, view.unmarked),
        okl.button({
          kind: "primary", label: "See what follows", focusKey: "see", disabled: chosen(view) === null,
          title: chosen(view) === null ? "Choose the answer nearest to yours first." : null,
          onclick: () => { ui.focus("told"); ui.send("see"); },
        }))),
    ];

    const answer = (a) => h("li", { key: a.id, class: `poll-answer${a.yours ? " poll-yours" : ""}` },
      h("p", null, a.yours ? h("span", { class: "poll-tag" }, "Your answer") : null, h("b", null, a.text)),
      h("p", null, a.implies),
      okl.line("Who holds it:", a.heldBy));

    const told = (view) => [
      h("p", { key: "question", tabindex: "-1", focusKey: "told", "data-focus-home": "" }, h("b", null, view.question)),
      h("ul", { key: "answers", class: "okl-plain poll-answers", "aria-label": "What each answer brings, yours first" }, view.seen.answers.map(answer)),
      h("div", { key: "ask", class: "poll-ask" }, okl.line("A question for you:", view.seen.ask)),
      okl.line("Why nobody marks this:", view.seen.open),
      okl.line("What this course does:", view.seen.here),
      h("div", { key: "do" }, okl.actions(
        okl.button({ label: "Change my answer", focusKey: "again", onclick: () => { ui.focus(`o-${view.chosen}`); ui.send("again"); } }), null)),
    ];

    return {
      render: (view) => [
        h("p", { key: "title" }, h("span", { class: "okl-chip" }, "Poll, not marked"), " ", h("span", { class: "okl-title" }, view.title)),
        h("p", { key: "case" }, view.case),
        view.seen ? told(view) : asking(view),
      ],
    };
  },
});
