import { inflateRawSync } from 'node:zlib';

/** Size of both badges. */
const size = { width: 340, height: 48 } as const;

/**
 * Images of the words on every exported picture, in both languages: the grey levels of `assets/badges/*.png` as text
 * (deflated, base64), so that no build can leave them out. White letters on black.
 */
const drawn = {
  reconstruction: [
    '7ZoNkSwpDIBjAQtYwAIWsIAFLGABC1jAQixgIRZylQDddM/s3r29qputuk7tezszy0D4yA+BBnjkkUceeeSRRx555JFH/n/SmJkwAQCx',
    'SAUAm4kpGwCPzFSN/rEAAHIAgNyZq7U8xXn5v1cH4JmkT2YLALExN39rxpxgtE9vlUEAKDqWFc2ag7OD0QaZzXjlmSMAGJb2TdvQeN/1',
    '7wGZ0QFkbtq677M92pNOGVCGzmukU5EyR69/xLQjqlbEiIgZwBIzzslTZ+2emOxkWpiQuBqU7yGi9fKrS4OdaWbu8uG1GWKQblGGMO8W',
    'OEympmsrsuc42kQQx4OpwIqTaUfE+X6s6ejgxnTN9mhPTEa7VaaEOtKpSELpRLn8AdMMEMaC+WUJaMEUA52bAUec1IjLYGpFY1PssAgL',
    'yzpRF+FgGnTqIdybrRdBu31lipNp5W7BoOKYHagkLvrZYCqft8lozbpy0a67KJDCjema7dGeVNE0mbYXReRX/VPfz7pK5mDq1wzmiyTd',
    'EyFbZep4sb/CEgU2pm3oA18xhaL2f1emctSejBqKDGauTBtbms7vWdbRMF6ZUnfadV+f3JnqbE+mXZAh3pguRX7K1Gv4GL4vDPsyCX3h',
    'BvDAZfi+hMlwh2UicdiZ0vLQrZkMUBbTsBBDwHAoE6hD5iKD2mFF4cLUcIc6u/ZcCSFyOX3ZSb8VlHpmxmRemY7ZHu2pNzaWy+n7cVfk',
    'Z0xVwspR0jGu9cUZwQSRQbZNZyhfEW02WCIIV6bhlSlrBByt3JFr8LDYxiFzzGrxrJ+oA29MIxeIc46eW2XbKJ45yoMSH9QlvfTwkqPG',
    'bI/2RFGGDGeOyrsiP2PacfjZ8v27nfphp9ZzrQOUL6R/2gywa8pxi6l5a6cX3w+TGkDs8VAmGurpGzutmmRoMQ2cuaSL75MmTPVhKzsU',
    'B0nfhWWdY7Zbe8MN0d18fynyU99v+qXF1K1tix8vsvAjDZF1Gd9os8EaDIzanhs5oH7PNL+NpxEy17ELiUdI35jSYWgaT6Ez+wvT6TTT',
    'B4xkQqUJSRQ6Z7sxhcqcX5guRX7IdBDa874Bh+6a962qG8BgNtfcoYyqDtxHyq5qhgFMrl/mfeb8lqkZW4zyNu+HbQOrTAt3uDAt+hsl',
    'w1QrnelOJYDtMo1ztjvTwGxfmU5Ffpr3K7eVoyoIRZZt/XV/auf2MbHu+8oN1tgOBOZOTG5Es05Xc9YB0rf706hBbe1PWXfFG9OqJMIK',
    'SgiO82IqOQdNV8soXB2PkDRVGYXAOdvVXpgCNXDb/tTvivyLvVSYbiU6uIxSKV3rKKtUAkCS2aYXp6761YBEOEJHbMQ9vqSy8m0dFdVf',
    '9zrqwnT4khnbOT+jRzpzFLsRpWVTIWVUL7pwuc9pnLNtK0QQz2h21lHhosifM33kkUceeeSRRx555L8QlwGK+2dti4NQ/qa78ffjVACs',
    '1jBBP6j+f4HUoJR1xzlmX1cao+TbxMlNgTG9a5ny9iBsVAcDJDrdZjvrtDhqipreMs2jnIznFnxvl17OD7ZPohpDtucH8TcgrXBczry3',
    'on58nCs0servLhzCnHAJcuISWlSmjt08JpFa0oeYc2lSyUrfLe2orAVg63yqZg2aOi3eeprerI/j1Gd8lQ43Mz1/nmlrEBx96/on0x6r',
    '1Pas1083W1Ne8WQKsDOtdRSj87CUeyu5Uw7BnAOkBtbodYecR2Ab9SfUlJtzi1WZjkT5LdPUzeeZBvDUmx4x0J0T+C7XmWrBEYVFKB0g',
    'Sxkev7dTq8etzJNp0BO+qqsBYBRBkQiiQ7JZhwbT5+Urdq0kVj0mpRNWaqdJJB/UJvxa9V8RT3uyQZVsb5k6/RGmcjbkvmRaxgXKZFq7',
    '3+zUdo6WAP1hqoLZQQgypqV7mPRyt7CuYDqNU+yhnXfT9yOAxTPa93kM/ityVJPL0GWnbk9K9ca0NPQWkYj64fvxerTXjpPj1DemFZsy',
    'lfS2mErSsuhQV270dTCNvTPTPOGaoRTHKtYZlkkOdKNryQZv123NLzHTLKd9FzvNDaCUw04RCZGEabTowVaOqYCP65x7JbarnQKYzfe9',
    'bS92qm5eJICubxxMK/XoemjjPY2h8DxEPOGPeGoW00iVyH3c88nLMxGoJ7mDTi0XpqedAqCvlH136Pt7O4WvctQLU3tu3yI67SNMe60t',
    'Nl3ZYXXT6TcT3JlGMPYIE0jRYPl8OAUJV3sGEIP4kqm3DjFjfzUGHJenB9NqXpluvn9hWp2ciE8TiwgBZaWnFmP5LLsvmFqk+d7rQyYS',
    'KlL4LFWSeNoRZy4w4swyG2PueV+YNnShb4n3ZOpHCJlMHZkt78Mb3z98OXSESG5dZWEER2qcm7tDmdxslVB7bPLbfq2gGwS9Kvu0sZJN',
    'lLs189GhJAiEqcMjeyzbQJ8jxE7uTT10Y1oqRC9lL5xMK46nN2YgX4bn5ZGwLJleL/J6cOMhnkxneZTWza7sWgPlPm5fZnm2TD9Mpp7d',
    'p5kGC6nPTbVV+xGm/h1TsK07svE1E9yYUjD6szO9FXCU3cEi9WBbg5QEHxWMNuJZa8R2PISldVwf/5R7tGBC0Mt1GjbhIn36ooms9Qlb',
    '6yXIVXWdViZZwm87K2UaCmUjRWfB7+NplA3USDt+Ml0dLbYm09xVkteHYOYdIjgDFrI+1DmXmeuxhK521sAwL/oD6WOS/nB421mu2j/N',
    'FGuURyJy93aWfGEUmq92Gq3X52rgRes1bV/HMZTVPBbcCJIlmNcYbPzXLmq2AeI/RDRDhbe/65Tql6nzyCOPPPLII49c5S8=',
  ].join(''),
  notFinal: [
    '7ZptkSwrDIZjAQtYwAIWsIAFLGABC1jAQizEQizkVgL0x86es/f+uFUz53SqpraHpRn64SUJ0ACPPfbYY4899thjjz322GM/GEsDAJQE',
    'AJlEuAJkmUarhtoA8EP/BgDQC8YyW6izcgCWCFGsJRH9TxJr3P5x2C6E2EUoXy6GtcOr+ZGv/XCrN0MQAJo14SsLV3d24H2Ysl9MiwiT',
    'SIWESCKIY9VARKzgtGxWH0KIm00V1goHUzyY9gXixnQXpvlr8bywVvVHV/P10g/F6+dopsXUswiKlN0B/0ZMtX/K1CtO7bwOeF4ivRDp',
    'Qh4cij10VSi8mI6zYhR76MmUadi9N6ar0NkECfW8mK1OMdbdg92PLk3KZIqLKQp6cM2dHXgbpozijWk1hcEw+b0ydXNWBxE3H9rr1SvT',
    'wbSYRunFMF2Z7sKyf+C4+MLUWxu7H0zBujekSzamcQr32oH30WmSZkwnTCjW91emYT0DW9UKcbq2V6ZV8mTaJAdr5sp0Fw7pG2A/mJL5',
    'kG90mqQD6xAOSUxQpV3GYs79/E5MHYofCxR8nXNHjFJd2FeSvKKJ6XbHqLaZomOaTEm8fW5Md+EaQTgvVqvx8Kf57IeKUz/KtEpWpmta',
    'HR2o78TUR+ldEvQpmPqqU40AX3RKuJEumZTNVFWUWUzYiCzlxvQo7Fue/aLTesLVuH/2Q/tA05Nnx1S+6PTt5r43J6X+lH7nT4FNOObG',
    '9OmPOftl7hM4JpQjx8Ib06PwR386bfYjrqRKPXmGKl2ajk54Y6YzWB9xP37PtN3j/vFML0wNnMblaJHNXZkehTPcJzwvfsO0WQGa18ma',
    'Kay47yBgeE+mK+s78tPvmVp+Kis/rTppxy+Y6kOvuA0oZXkPTYUuhSstvVzMGHWFu/tB1oUm3ZjqmGn6xSIk0nd+Gt+L6Vr96DqKCvyC',
    '6W0dNZOd9D1THZ2VP0CTsaJcO5IKK4TYyFZtx8U4J/idadjLMp5Mp7QhVBTpfvuT9CyKH3vssccee+yxx/4aS7b4rjutbnbR2lkh479s',
    'qeitxf+VFG1pgoiWlcOwRRBvFEPz60j79OTOtN4OMepM3/PaHHC2oKVjzdNo1Hy9oZwNzfJ68s/5w5muR+nKJJBrQU89ZO1bJ10aRs/l',
    '3N/Yp1ZOF2ZGIxyjcaKqg3Zdgx1rR96bIfqTZfiY55Jo3soHcUf1z9FplBx1J6kCzK3fkSCScqVm6D11XItaiHzsubpTkmWAd7qqNFz0',
    '/dq8Ld5zbrwwLeT+oLlfB4bMmYPJDU2v9vw8nQLWjIHbxQu4ECcAcVvJHHXfxX1l6mIqF1bl3GMaJaYUOMCqTfmP8q7Ymg9QaXkEniFr',
    'xajMVUkGtqPL2q83er66ySzi1o6HHRBmO9PmLcUY1tzPOk6nR5nbOZk+m+G4Osmg/lS33ZPuoNoWMUFFJEJsEEhVF3S7SLeKpwM+LNIl',
    'hjku4nQkKE7Ybm43bf11Xri1mRxG8Sl62SL+eJmWDoB796zqBudwlVM3hTbC0rPqNKKeBm9JpRCPoLSTMLzmBQXuTC2S8Y3VJYGwltxm',
    'mrkzh49myupKcb4tocEIGvfkoTIC0Ch8MIUDPtmfkeMNUZhiXHq9z31D2uBXTDM4Hzd75Oywfb5OS5txt0WqyUPh6n2E1EeqyrRupjTD',
    '2WRacCelhqgHKCRbYuL07YhjPuvhwT0JuDP1yOt7tPdP1FeX9Mk6TZ6dBReOlPRxggmF0kgzWV3p6k2nnerFpyZCyBz0gKROpo5zOqPN',
    'oNCPSO+7vbDlr3N/m9Wy+PexYl3+tJHm44EDATldUarA2lxH6bsha1peddrEQ6PsfVQnEKVB0xSX5zmdOEhMB6wuASJv1Y6m/600wvp6',
    'yR/saESZRvlQp+oaDZK0zo9qDwTBN+7hXJu63tJ67+um08o7EdJVlrIolPwYUMpk6obQ0mKxkK/v5pnXHVXj3/xYS9mDSymsVjXrD5n7',
    'p+ajwti5DKmIyfkQ7Cld5Xk6ORIkGg4qJXdbmyJAGjOTXzk/R4UouEZDfCYMlQVbAD8XTBa1FHLoJCb2eatLbPlrPCa8J5HxqYspkw0O',
    'nYRFZ3igrd82meapzfBfT4AlWJrpStegtTxnTOlHULvq37mj9dhjjz322GOP/Q/2Dw==',
  ].join(''),
};

/** A badge's letters: their share of each pixel, row-major. */
export interface Badge {
  readonly width: number;
  readonly height: number;
  readonly letters: Float32Array;
}

/** The badges, decoded. */
export const badges: Readonly<Record<keyof typeof drawn, Badge>> = {
  reconstruction: read(drawn.reconstruction),
  notFinal: read(drawn.notFinal),
};

function read(text: string): Badge {
  const levels = inflateRawSync(Buffer.from(text, 'base64'));
  return { ...size, letters: Float32Array.from(levels, (level) => level / 255) };
}
