// Takes formulas out of the search. Each formula stands in a page three times (MathML for
// screen readers, HTML for the eye), and mdBook indexes all of it; the book tool puts an
// invisible U+2063 before and after each, and what stands between is dropped here, when
// mdBook hands the index to elasticlunr. Loaded before both.
"use strict";
(() => {
    const FORMULA = /\u2063[^\u2063]*\u2063?/g;
    const clean = (text) => String(text ?? "").replace(FORMULA, " ").replace(/\s+/g, " ").trim();

    // An index of the documents without their formulas.
    const cleaned = (elasticlunr, old) => {
        const docs = Object.values(old.documentStore.docs);
        const fields = old.getFields();
        if (!docs.some((doc) => fields.some((field) => String(doc[field]).includes("\u2063")))) {
            return old;
        }
        const index = new elasticlunr.Index();
        index.setRef(old._ref);
        fields.forEach((field) => index.addField(field));
        index.pipeline = old.pipeline;
        docs.forEach((doc) => {
            const words = { ...doc };
            fields.forEach((field) => { words[field] = clean(doc[field]); });
            index.addDoc(words, false);
        });
        return index;
    };

    const patch = (elasticlunr) => {
        const load = elasticlunr.Index.load;
        elasticlunr.Index.load = (data) => cleaned(elasticlunr, load.call(elasticlunr.Index, data));
        return elasticlunr;
    };

    let library;
    Object.defineProperty(window, "elasticlunr", {
        configurable: true,
        get: () => library,
        set: (value) => { library = patch(value); },
    });
})();
