export { normalise } from './normalise.ts';
export { expectedAt, parseSentence } from './parse.ts';
export { phraseOf, sentenceOf } from './sentence.ts';
export { vocabularyOf, type Vocabulary } from './vocabulary.ts';
