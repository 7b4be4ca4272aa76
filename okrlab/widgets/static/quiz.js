// The Quiz: its first and last page; questions are asked by asking.js.
export default okl.widget({
  name: "quiz",
  setup(ui) {
    "use strict";
    const { h } = okl;
    const { part, marks, ideas, asked, destroy } = oklAsking(ui);

    const start = (view) => h("div", { key: "start", class: "okl-stack" },
      h("p", { class: "okl-title" }, view.title),
      h("p", null, view.intro),
      h("ul", { class: "qz-facts" },
        h("li", null, okl.plural(view.of, "question"), ", one at a time."),
        view.pretest
          ? [h("li", null, "Nothing is graded, and no answer is judged while you go."), h("li", null, "Each time, say how sure you are. Guessing is fine; say that it is a guess.")]
          : h("li", null, "Each answer is explained. Saying how sure you are is optional."),
        view.final ? h("li", null, "It is sat once, and there are no hints.") : null,
        h("li", null, "Stop whenever you like. You go on here at the same question.")),
      view.problem ? h("p", { class: "qz-problem okl-wrong" }, view.problem) : null,
      okl.actions(null, okl.button({ kind: "primary", label: "Start", focusKey: "start", onclick: () => { ui.send("start"); ui.focus(view.pretest ? "go" : "stem"); } })));

    const end = (view) => {
      const { end: e } = view;
      return h("div", { key: "end", class: "okl-stack" },
        h("p", { class: "qz-name okl-muted okl-small" }, view.title),
        h("div", { class: "qz-result", tabindex: "-1", focusKey: view.pretest ? "go" : "stem" },
          h("p", { class: "okl-title" }, e.headline),
          e.share ? h("p", { class: "okl-muted" }, `${e.share} with part marks counted.`) : null),
        e.marks ? marks(e.marks) : null,
        part("next", "What to do next", h("p", null, e.next)),
        e.route ? part("route", "Your route", h("ul", { class: "okl-plain qz-route" }, e.route.map((stop) =>
          h("li", { class: `qz-stop qz-stop-${stop.level}` }, h("b", null, stop.lesson), h("span", null, stop.words))))) : null,
        e.surprises?.length ? part("surprises", "You were sure here, and it is otherwise",
          h("p", { class: "okl-muted" }, "The answers come with the lessons. Keep these questions in mind."),
          h("ul", { class: "okl-plain qz-route" }, e.surprises.map((s) =>
            h("li", { class: "qz-stop" }, h("span", { class: "qz-asked" }, s.stem), s.lesson ? h("span", { class: "okl-muted" }, s.lesson) : null)))) : null,
        e.concepts?.length ? part("concepts", "By concept", h("ul", { class: "okl-plain qz-bars" }, e.concepts.map((c) =>
          h("li", null, h("span", { class: "qz-bar-title" }, c.title), okl.progress({ value: c.right, max: c.of, label: `${c.right} of ${c.of} right` }))))) : null,
        e.misconceptions?.length ? ideas(e.misconceptions) : null,
        e.calibration ? part("sure", "How sure you were", h("p", null, e.calibration)) : null,
        e.hints ? h("p", { class: "okl-muted", key: "hints" }, `You opened ${okl.plural(e.hints, "hint")}. That costs nothing.`) : null,
        e.missing?.length ? part("missing", "To master the lesson", h("ul", { class: "qz-facts" }, e.missing.map((m) => h("li", null, m)))) : null,
        e.again ? okl.actions(null, okl.button({ kind: "primary", label: "Take the quiz again", focusKey: "again", onclick: () => { ui.send("again"); ui.focus("stem"); } })) : null);
    };

    return {
      render(view) {
        const question = asked(view);
        return [
          view.skipped ? okl.banner("notice", view.skipped) : null,
          view.stage === "start" ? start(view) : view.stage === "end" ? end(view) : question,
        ];
      },
      destroy,
    };
  },
});
