import { refusalText, survivorOf } from '../../src/api/refusal';

const texts: readonly (readonly [string, string, string])[] = [
  ['an array of texts: the first', '["Value is not valid.", "And more."]', 'Value is not valid.'],
  ['an object with a message', '{"message": "Not found"}', 'Not found'],
  ['an object with an error', '{"error": "Not found"}', 'Not found'],
  ['a message wins over an error', '{"error": "b", "message": "a"}', 'a'],
  ['an object with a list of errors', '{"errors": [{"message": "Too long"}]}', 'Too long'],
  ['errors as texts', '{"errors": ["Too long"]}', 'Too long'],
  ['nested arrays', '[[], [["deep"]]]', 'deep'],
  ['a JSON text', '"plain"', 'plain'],
  ['plain text', '  Bad request\n', 'Bad request'],
  ['an HTML page says nothing to anyone', '<!doctype html><h1>502</h1>', ''],
  ['HTML after blanks', '\n  <html>', ''],
  ['nothing', '', ''],
  ['an empty array', '[]', ''],
  ['a number', '42', ''],
  ['null', 'null', ''],
  ['an object with other keys', '{"code": 7}', ''],
];

test.each(texts)('%s', (_name, body, expected) => {
  expect(refusalText(body)).toBe(expected);
});

test('long texts are cut', () => {
  expect(refusalText('x'.repeat(5000))).toHaveLength(500);
  expect(refusalText(JSON.stringify(['x'.repeat(5000)]))).toHaveLength(500);
});

const survivors: readonly (readonly [string, number | null])[] = [
  ['This person was merged into person 77.', 77],
  ['Organization has been merged into 2147483650', 2_147_483_650],
  ['MERGED INTO organization with id 12', 12],
  ['Merged into another record.', null],
  ['Person 77 does not exist.', null],
  ['', null],
];

test.each(survivors)('the survivor in “%s”', (message, expected) => {
  expect(survivorOf(message)).toBe(expected);
});
