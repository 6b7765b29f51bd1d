// The parts of `natural` that are imported by their path: its main entry loads drivers of databases.
declare module 'natural/lib/natural/stemmers/*' {
  const stemmer: { stem(word: string): string; tokenizeAndStem(text: string): string[] };
  export = stemmer;
}
declare module 'natural/lib/natural/phonetics/metaphone.js' {
  const Metaphone: new () => { process(word: string): string };
  export = Metaphone;
}
declare module 'natural/lib/natural/distance/levenshtein_distance.js' {
  export function DamerauLevenshteinDistance(
    from: string,
    to: string,
    options: { restricted: boolean },
  ): number;
}
declare module 'natural/lib/natural/classifiers/bayes_classifier.js' {
  class BayesClassifier {
    constructor(stemmer?: { tokenizeAndStem(text: string): string[] });
    addDocument(text: string, label: string): void;
    train(): void;
    classify(text: string): string;
    getClassifications(text: string): { label: string; value: number }[];
  }
  export = BayesClassifier;
}
