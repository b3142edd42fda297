// Association tests to begin with: those of Caliskan, Bryson & Narayanan (2017), whose numbers they have.

export interface AssociationSet {
  /** Number of the test in the paper. */
  number: number;
  targets: readonly [name: string, words: string][];
  attributes: readonly [name: string, words: string][];
}

const pleasant =
  'caress freedom health love peace cheer friend heaven loyal pleasure diamond gentle honest lucky rainbow diploma gift honor miracle sunrise family happy laughter paradise vacation';
const unpleasant =
  'abuse crash filth murder sickness accident death grief poison stink assault disaster hatred pollute tragedy divorce jail poverty ugly cancer kill rotten vomit agony prison';

export const associationSets: readonly AssociationSet[] = [
  {
    number: 1,
    targets: [
      [
        'flowers',
        'aster clover hyacinth marigold poppy azalea crocus iris orchid rose bluebell daffodil lilac pansy tulip buttercup daisy lily peony violet carnation gladiola magnolia petunia zinnia',
      ],
      [
        'insects',
        'ant caterpillar flea locust spider bedbug centipede fly maggot tarantula bee cockroach gnat mosquito termite beetle cricket hornet moth wasp blackfly dragonfly horsefly roach weevil',
      ],
    ],
    attributes: [
      ['pleasant', pleasant],
      ['unpleasant', unpleasant],
    ],
  },
  {
    number: 2,
    targets: [
      [
        'instruments',
        'bagpipe cello guitar lute trombone banjo clarinet harmonica mandolin trumpet bassoon drum harp oboe tuba bell fiddle harpsichord piano viola bongo flute horn saxophone violin',
      ],
      [
        'weapons',
        'arrow club gun missile spear axe dagger harpoon pistol sword blade dynamite hatchet rifle tank bomb firearm knife shotgun teargas cannon grenade mace slingshot whip',
      ],
    ],
    attributes: [
      ['pleasant', pleasant],
      ['unpleasant', unpleasant],
    ],
  },
  {
    number: 6,
    targets: [
      ['male names', 'John Paul Mike Kevin Steve Greg Jeff Bill'],
      ['female names', 'Amy Joan Lisa Sarah Diana Kate Ann Donna'],
    ],
    attributes: [
      ['career', 'executive management professional corporation salary office business career'],
      ['family', 'home parents children family cousins marriage wedding relatives'],
    ],
  },
  {
    number: 7,
    targets: [
      ['mathematics', 'math algebra geometry calculus equations computation numbers addition'],
      ['arts', 'poetry art dance literature novel symphony drama sculpture'],
    ],
    attributes: [
      ['male words', 'male man boy brother he him his son'],
      ['female words', 'female woman girl sister she her hers daughter'],
    ],
  },
  {
    number: 8,
    targets: [
      ['science', 'science technology physics chemistry Einstein NASA experiment astronomy'],
      ['arts', 'poetry art Shakespeare dance literature novel symphony drama'],
    ],
    attributes: [
      ['male words', 'brother father uncle grandfather son he his him'],
      ['female words', 'sister mother aunt grandmother daughter she hers her'],
    ],
  },
  {
    number: 9,
    targets: [
      ['diseases of the mind', 'sad hopeless gloomy tearful miserable depressed'],
      ['diseases of the body', 'sick illness influenza disease virus cancer'],
    ],
    attributes: [
      ['temporary', 'impermanent unstable variable fleeting short brief occasional'],
      ['permanent', 'stable always constant persistent chronic prolonged forever'],
    ],
  },
];
