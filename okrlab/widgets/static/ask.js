// Questions inside a simulation, joined between base.js and a widget's own file.
const oklAsk = (() => {
  "use strict";
  const { h } = okl;

  // A question with its answers; the feedback of the chosen one beneath. Another may be chosen.
  //   ask: what Ask.view() gave; lead: a word above, such as "Predict first".
  const draw = (ui, ask, { lead = "", words = null } = {}) => {
    const name = `${ui.id}-ask-${ask.id}`;
    return h("fieldset", { key: `ask-${ask.id}`, class: "okl-ask" },
      h("legend", null, lead ? h("span", { class: "okl-chip" }, lead) : null, " ", h("b", null, ask.text)),
      h("div", { class: "okl-ask-options" }, ask.options.map((o) =>
        h("label", { key: o.id, class: "okl-option", for: `${name}-${o.id}` },
          h("input", { type: "radio", id: `${name}-${o.id}`, name, checked: ask.chosen === o.id, focusKey: `ask-${ask.id}-${o.id}`,
            onchange: () => ui.send("answer", { question: ask.id, choice: o.id }) }),
          h("span", null, o.text)))),
      ask.feedback ? okl.feedback({ key: `fb-${ask.chosen}`, ...ask.feedback, words: ask.feedback.correct ? words?.right : words?.wrong }) : null);
  };

  return { draw };
})();
