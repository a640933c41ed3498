import { decode } from 'fast-png';

/**
 * Images of the words on every exported picture, in both languages: `assets/badges/*.png` as text, so that no build can
 * leave them out. White letters on black, 340 × 48.
 */
const drawn = {
  reconstruction: [
    'iVBORw0KGgoAAAANSUhEUgAAAVQAAAAwCAAAAABr692RAAAJBklEQVR4Xu1a67msKBA0BVMgBVMgBVIgBVMwBVMgBVIgBVIgBbaq',
    'GxTHObt358ed++1a3zkzjrbQXfaDh9ODBw8ePHjw4MGDBw/+14i11pJWHBUc1RpwZLZSyzZPk024GHCAizs+U3X43DLEjBFxYLH8',
    'zGGBfC1ss1aDT4+mo30Rq3WFFOXZ5StiTfjcpS9DzeIynQ2oDFSiQgDa8fiaK+UpDWX1d5brDqIJd201ijTOntYe8kVMRrPoeus9',
    'nYrsekqFfhWx5oTOoVapCdhgDujFKbG+gEC2D5ZBlJC6Qy1oMkMY11IyEEspU2AkFQpmnryKpeTYLBqoqXEzAJZKB9BmZsfs9exH',
    'RMgxqQTQDtnyjVTYkdpvfajawAup3dpDHiJQBM0KqYUqmkGRNbER4eXXESvEnT4yq6fw0Mw07/OUa5ynpYBeujE0IanonlepNnyC',
    'X0plkqdwkOrEdkfPvoj1AyfNvgC2wDQhNdSMbpLw0RoQrHWXcwA9Hudxk5DUzQ6QYNOZCqxQ4EJqt/aQh2WUa6S2pgdF+PWv3BSQ',
    'xkHUfJAKXdWEdrCy/VISfpDUpXbyr2xRg4HUqArdxAZ5RsAVsQZYyJZwD58HOoMbjaTGikBSH7eIpxUX05XUkhdpOvczr6SKtSep',
    'mZzBf6+kdkWAz0i1kkI0/EmipqR+IIaV6tCDhD9TJQ2+sDV7SIyklh6kgxg7gJoqJf4icEgJilhdyTBtZ6fCI1sdSZ2hE+0lbA0l',
    'IcrFdg1nZFAHCoR25J+0kv4XUtXaQ77kWGeDRo7wR+unIsAnpAqguhYqttxcqB1IvENNuCr6gl28heoMbBEQvpDambqKwT6VUick',
    'xEkEaH+rnrZAWM5IDA+kgkL8q5G2xgCdCs81OxBDpFxpZ43Jr+EvUNdQ+YL70aU7CxVc+FTkQ1IzMjcJ6OH/6qmwj56KQhOCMmX3',
    'IpcGF8xSd5ZOKm+4e+ol/JF023Wfu2isfi4ZafNHT0WqRaRqQyDVVRhO+SGcpWpKGBuOUxbYwV/C2mntID/XCJ99Cf+uCPAJqRv+',
    'eVcnFfbo6AVk8WAjgSBVEk1zP5UZ2FIScKJTq20K3pN6BMQA2ILzqDTskExrWh9I1XBqzxYtgDV7IbWFTYuCmeVQ6AS1UOi0diAV',
    'T6puN1K7Ip+SqhSN1R9FHwF+qf4cMNGaOWEEeykgQlKQnjPVkEM4ImQ3nnxLKq7fRym0BTywkf1t9Vd+WgEhqRDjgOAkaZfvxDIT',
    '0AA9HfkLH5lmnNaOpEIXcye1KfIpqaABjWmhwv2gsXJ8TxbPcSrMktEbBh8c/7G7kS0dFEC9jGEdHRwZDYcXh5YOZPj74zgV7onE',
    'hsZlnIr+eedJahAqXM9LCd1unVQWnoTb6BrgAQpJVmqq6IzgtLbLk9SpRDR0jlPtqMjHpMqz1MiiEssGc/CcLzMq/pS4W2mujDEv',
    'LhjkVpcw+NLs4SMyb5vyDPVMitCPMyqWJX1ifUYFnKRqNOE3v0gq0UgVgEqe4tCCE6qM0TaA3KpmnNY2eSUVaKQKePVU5ANSHzx4',
    '8ODBgwcPHvxGLBji7W35/Z8AOSdjvJ+x6PVjhQADU346ORH66uJ/HJieYoTc5+CcdDfI7G8AeDdlnjNnLPdJk8jqNIG/TMRSBuAW',
    's8g0KQrX5S2pm84s/TkWH+XW21rCcMaLN2yH+pM/n+b3MHMC2zds3po85eM0pvyRfn2f3Z9QUiHkuPziohdSl8pJsgA/rfPbtkdO',
    'atl21FlY48qAIczZ7SpzJel0zaUTTvrWaKzXJSC9VebPgjn/nW6/CzFObjmVeoeT1OwxaeViOrekrtCZINykkwpTB1KDkDLr1BG7',
    'TDnuWy6bcySudbDGyeAnFyGwNpGiTkWnsG5xWTpZewulor9fSV2z3vRdYFkfa+Sy3lBeiZps5iYnYT248tXtYGjjlPzHKGvhj3/e',
    '10h1suAX5HGAW+FgZxKRLjFTbwsILex5i+mPMgVZNuU2XgPY74irdeIUTfpYwv0u5rwaJ1q2zZQBJHWRP5LKlSKa+57UHXwxbyqp',
    'Ad53eirW57wpaOVwVvKMoufYJ64IzlRpcWTb2SnLitbUHrnFA5HwhwKmPXFCF+B9W4f/NrDjBjdonirFpQNrhBdSkQQtdqZLQWz2',
    '8PfXlb5e2WbE4UBqSFFIZY3rpLJymbSQvsYEg6EdYRO8lrbe1dIpt5iA0FJzwe3BLxEegXcQug5/iKPi/QqQOnrqhh+7jotIKljE',
    'H0n1Bq5msE+0YpmvaQ9faYF39VS45BD+1iipo6dKpO9Mov2Og9RQMu5yUX8X7UpXJQUn+5pT506qL6H8fX34LZiL5csSSZZ2lZ4A',
    'agZST0+FYTaUzeYlWW68ES+eCrwvVDdSzTmK82mRNlzz2BB9lEerftfifnDCkVSs5JsjU6TiZ3myXwZWc2HdWAboEj+Sas2CtzpS',
    'vrsD85tUlGZxmO+kDuF/IRWvFmGJvDkZenKJj7ppoc/P9NeDbqQahJL+sFxr35kt+K7FVwH1sRmOrUotCDPjmebMqMnX6k9SMah3',
    'eSi/B+CGkkUaqUvBOv5R/e+eOvWUSQ9FagGhbXsLyXMp4p5DxCO76LcJTLfHaL8NcRUyTJDts6+7azFr2TLebdKRHyqMkooa0ksI',
    '0EjdPKpIWd7MjF5IhcN4yxmwjI+U1MBy2L1sO5Kfxe4G5xO2yO5edou+37PpUxasfb+Xo1cHfXVDpk3UFEZkSKod3Po7KMYZUNlG',
    '10Y8iKRiXHMnFfPPvBRDx3rBC6nFzfI3knrBnMqmjZCMNTuDeciKzldU9uSNT+ekAy8ado+UGR1a5D+wFY+9VQxV5Zhn1rygXjXp',
    'r6EYY9cUY94xvVk4a9XEhFLRN9sJIdXteBWT888ejSeuORUDxoAD1h55MiC1N9TJnTHw4CUZCPD1mLaxOKFsGTDEdz4FeMmK73O2',
    'iwh/yQ16FcrIW5TkX2MeY2LuwH8ZeCsyeGixbNmaNvtDeuOc8+6pHi+0SOW4qd3ttvJUnDdSzBxGvmwSD+yeh2eO5H8AMvoBavcr',
    'aNnCnlnjz8Cfps+DBw8ePHjw4I6/AG/Wz9T5m1qUAAAAAElFTkSuQmCC',
  ].join(''),
  notFinal: [
    'iVBORw0KGgoAAAANSUhEUgAAAVQAAAAwCAAAAABr692RAAAG50lEQVR4Xu1agZHkJhBUCqSgFEhBKZACKZACKSgFUiAFUiAFUsDd',
    'M6CV7t5+v8tl79p01e3qWISgaWaGQdvCwsLCwsLCwsLCwsKfR+snPkt3+PS19xbx3RV11CDytu2Z3xZFvGglaAtRK1tUPLajS0u9',
    '8xfXpXH54cIs3I6EJ/jbBVtFu6P57O/9MKM3uRd8ntLEHhu6a14deBugX/sgNWAooDVurhR8lwIipUYB4mZYptVzr6VMciL4BS5S',
    'OWollWR9I3UWglw+7XhdSKt86Gg+3vpBfvFg8o2eCqk7Zhu1wuwAf34ToGfoIEndySd7zyn3Q6Y3SlKv+2YKNZtZ01FUQGTJrAhS',
    'OWoltdUs9z5IHYVGlojFXM0LbZWQC+3B7EfqJ+gTUjFpQmrp4NGcVOrowNugtQIJkNQoGkO3KcDvpGIBcmHb3o2OGpNg+MMXUnPD',
    'nULq0VMQnu6kzsIwH3BdfCEVzeNy9qNVK93LPXUvpGL6hjbfkNTu0EOSqmxikOz8d1LBpgwCN8ioDzVv30mNGLUQcnZvpZk7qbMQ',
    '7GjBdaGrHmbkB0p1qNQ4h7k7TFpEV1+Tocuf1vldgK5CqujrFMpz2UkNgsqQfys4U5ciyp2OChOipBaDUUvdilng34PUWTimcK4M',
    'vSJQddhU0jT6QXnyj6Ri0kjqWFiAdmCo/C3Q+o4VmUBQUsloZx+k0g18UWrFoJXTIRQYPCWVOvINpOKGAsc2fhi4CsfTyNdLqdfy',
    'V+8PjH6wD1WtucekhS9Kfb/lT9WQ1Ki9/D2bim+Jf8gth38t2y/Lv8L1gPIr1MIU3Ui9Cn9qUxXaD7o/gtbcow24LU7PCKLek1R1',
    '2Zf3JwM/IPV8ev9rUN9IFebonenkycSN1KtQnb4rr4s/IPWUgiKGxzNeGN7fbBY2+D1J5Xq7x6nAD0iVOBVVpD4qpTGW76Ry1MN7',
    'Y+hhGBBGRLfCEZ7eLtRR3dmd/ajShRNrg6Ry0hiF4Sm4Lw37U66J+/chpI59EHdUVfdJPyD1saPSmEes6ndSOT0jigATGT8QtCq3',
    'wu04q+zfrgs2P9b4k1QsCl4zMBZSVdyIbTHHaZ8mZZj4hYWFhYWFhYWF/xGcbMTjjK9PuThnJgTwM7vxMwTeGt4oofxPQjYpgITn',
    'W5btEDdTgsxA+6jzQAW4kRof5xpR43g/EgVG9rb12v2cNUd/vyG8GtLy+JoA/07pvb+CSWAiKbaa0/IgRA9LhFTbjr2B1ZnsEGCj',
    'ZLhFEzrkQ6bjxVXM2LUphO0jJiStBqt8ZMj74XVzpLe2i3JTr43Wh+Ku1KP7g3klXGouGKQelcTWU7jfaypjf7sdPGTRjSkPBoYo',
    'Q952/Gua8PVS6gPYrgp0dXwjNVQ5afhgPJZ/zMX65psVwWHHDcUKAU3tQom+2KYmVg2BsYcyAGaHlhuYTHoCcyfVHC7cyAL7Ezkc',
    'zlmQOmrL0et/COU8d+TY6jAKTf3WcFQexINK2+RAM86cs2DXw8Gx/JFXNCP9IaeGPCNtpU0xHviW5Y/md5k6heZ2/JXi+VCMhJHC',
    '0qYyEe+YUQUkvY9UPDJ1SBZX6s4yecTcsRrhC8dgQvRrWgCpqIM7hG1RqJPkN5HUanRqPnmbw+6OXbUNfL5QA/RWZjINCUucZZjY',
    'XBKNnvD7CRl4HGkWHhJPUTkLeodnGnDDQalRCLAGd1IJq7KfuIUR0pKZpPqWLkl/KAJsaoMaAXX/29mSQ+6yYdA1h3aRCgz26bpA',
    'hb97IdhaleNQ7HP5A9MUT9xJRZJ/F79HlOYNFsYnQ5UaMAiq4zxqBKOhxX3HKyUpu0hScU6tpErGvqhnzzCfIzgFfEkWbrtPkXXD',
    '1yauJc3jhGco8CR1L5xE4mAS+qS9Dh+bjRalur0Z8TANARTHY0Uq1SGkkqB1hK0PpSZEky+76mrBwrU8M5EyHk75KVsgV5suf78n',
    'hBSYuPnb3ZBILXGCnyvXYVMROUJhCGvqVg03l5TYqTsqvjWilR9KPRH8n9VD0rQDB3zXyVC36eEdNIq3IS62Epo/2tRtxjs8rsUq',
    'Rzb8d1bj2Q0bJ6nHO72J9ksw2D5WjEPPlGICqXaHVR3jIakmnW68FPZQaoQR1HiI+y2SEarbc94CqQSpBgd8Q41BHD/f3BPLm0H7',
    'CRXzT1ryOL5FqDpaZfiPcPkRsn0SCsLH1AJO4EpxZrcgFYD/1zNLkOpqxqth1ZnHNhVT4GQ1m2ME/wj5wWLn2zxE330tFu9AFux7',
    'd906iesiyxbLX+SutxrHEEsfqWt+h3nAYz8UIpySuQ6hDvH+AqOZqey8qtP+6sFwtxJumpDouYb1xMbpp0zNqq/0ysLCwsLCwsLC',
    '34DfAMfNW9czpkHyAAAAAElFTkSuQmCC',
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
  const { width, height, data } = decode(Buffer.from(text, 'base64'));
  return { width, height, letters: Float32Array.from(data, (value) => value / 255) };
}
