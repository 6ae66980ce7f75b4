import { describe, expect, it } from 'vitest';
import { knownOf, leaves, type Value, worldsOf } from '../../src/infra/value.js';
import { apiOf, shown } from './facts.js';

/** The value of AllowOrigins, written as given. */
function originsOf(written: string): Value<unknown> {
  const api = apiOf(`Parameters:
  Text: { Type: String, Default: https://p.test }
  Number: { Type: Number, Default: 600 }
  List: { Type: CommaDelimitedList, Default: 'https://a.test, https://b.test' }
  Unset: { Type: String }
  Ssm: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /path }
Mappings: { Stages: { prod: { Origin: https://m.test } } }
Conditions: { A: !Equals [!Ref Unset, a], B: !Equals [!Ref Unset, b], NotA: !Not [{ Condition: A }], SameA: { Condition: A } }
Resources:
  Url: { Type: AWS::Lambda::Url, Properties: { Cors: { AllowOrigins: ${written} } } }
`);
  return api.cors?.allowOrigins?.value ?? { kind: 'absent', place: api.key };
}

describe('a value', () => {
  it.each<readonly [written: string, value: string]>([
    ['[https://a.test, "*"]', '[https://a.test,*]'],
    ['"*"', '*'],
    ['600', '600'],
    ['[!Ref Text]', '[https://p.test]'],
    ['[!Ref Number]', '[600]'],
    ['!Ref List', '[https://a.test,https://b.test]'],
    ['[!Ref Unset]', '[?]'],
    ['[!Ref Ssm]', '[?]'],
    ['[!Ref AWS::Region]', '[?]'],
    ['[!Ref AWS::NoValue, x]', '[-,x]'],
    ['!Ref AWS::NoValue', '-'],
    ['[!Sub "${Text}/x"]', '[https://p.test/x]'],
    ['[!Sub "${!Text}"]', '[${Text}]'],
    ['[!Sub "a$b"]', '[a$b]'],
    ['[!Sub ["${Own}.test", { Own: !Ref Text }]]', '[https://p.test.test]'],
    ['[!Sub "https://${Unset}"]', '[?]'],
    ['[!Sub "https://${Url.Arn}"]', '[?]'],
    ['[!Join ["", [https://, a.test]]]', '[https://a.test]'],
    ['[!Join [",", !Ref List]]', '[https://a.test,https://b.test]'],
    ['[!Join ["", [https://, !GetAtt Url.X]]]', '[?]'],
    ['!Split [",", "a,b"]', '[a,b]'],
    ['[!Select [1, !Ref List]]', '[https://b.test]'],
    ['[!FindInMap [Stages, prod, Origin]]', '[https://m.test]'],
    ['[!FindInMap [Stages, !Ref Unset, Origin]]', '[?]'],
    ['[!FindInMap [Stages, dev, Origin]]', '[?]'],
    ['[!ImportValue x]', '[?]'],
    ['["{{resolve:ssm:/x}}"]', '[?]'],
    ['{ Fn::Transform: { Name: Mine } }', '?'],
    ['[!If [A, x, y]]', '[x | y]'],
    ['!If [A, [x], !Ref AWS::NoValue]', '[x] | -'],
    ['[!Sub ["${O}!", { O: !If [A, x, y] }]]', '[x! | y!]'],
    ['[!Join ["", [!If [A, x, y], !If [A, 1, 2]]]]', '[x1 | y2]'],
    ['[!Join ["", [!If [A, x, y], !If [B, 1, 2]]]]', '[x1 | x2 | y1 | y2]'],
    ['[!Join ["", [!If [A, x, y], !If [NotA, 1, 2], !If [SameA, 3, 4]]]]', '[x23 | y14]'],
    ['[!If [A, x]]', '[?]'],
    ['[!Join [x]]', '[?]'],
    ['[{ Ref: [x] }]', '[?]'],
  ])('%s is %s', (written, value) => {
    expect(shown(originsOf(written))).toBe(value);
  });

  it('a text that is known in part has its parts', () => {
    expect(originsOf('[!Sub "a${Text}b${Unset}c${Url.Arn}"]')).toMatchObject({
      value: [{ parts: ['ahttps://p.testb', { hole: 'Unset' }, 'c', { hole: 'Url.Arn' }] }],
    });
  });

  it('too many conditions are not multiplied out', () => {
    const many = Array.from({ length: 12 }, (_, at) => `!If [C${at}, x, y]`).join(', ');
    const [leaf] = leaves(originsOf(`!Join ["", [${many}]]`));
    expect(leaf).toMatchObject({ kind: 'unknown', why: 'it depends on too many conditions' });
  });

  it('is known where every branch says the same', () => {
    expect(knownOf(originsOf('!If [A, x, x]'))).toBe('x');
    expect(knownOf(originsOf('!If [A, x, y]'))).toBeUndefined();
  });

  it('two choices on one condition make two worlds', () => {
    const values = [originsOf('!If [A, x, y]'), originsOf('!If [NotA, 1, 2]'), originsOf('z')];
    expect(worldsOf(values)).toEqual([{ A: true }, { A: false }]);
    expect(worldsOf([originsOf('z')])).toEqual([{}]);
  });
});
