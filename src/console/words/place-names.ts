import { defineWords } from './define-words.js';

/** Territories by the names that the calendar gives them. */
export const territoryWords = defineWords({
  fr: {
    metropole: 'France métropolitaine',
    guadeloupe: 'Guadeloupe',
    martinique: 'Martinique',
    guyane: 'Guyane',
    'saint-pierre-et-miquelon': 'Saint-Pierre-et-Miquelon',
    'saint-barthelemy': 'Saint-Barthélemy',
    'saint-martin': 'Saint-Martin',
    polynesie: 'Polynésie française',
    'abroad-americas': 'Étranger, Amériques',
    reunion: 'La Réunion',
    mayotte: 'Mayotte',
    'nouvelle-caledonie': 'Nouvelle-Calédonie',
    'wallis-et-futuna': 'Wallis-et-Futuna',
    abroad: 'Étranger',
    'us-atlantic': 'États-Unis, Atlantique',
    'us-eastern': 'États-Unis, Est',
    'us-central': 'États-Unis, Centre',
    'us-mountain': 'États-Unis, Rocheuses',
    'us-pacific': 'États-Unis, Pacifique',
    'us-alaska': 'Alaska',
    'us-hawaii': 'Hawaï',
  },
  en: {
    metropole: 'Metropolitan France',
    guadeloupe: 'Guadeloupe',
    martinique: 'Martinique',
    guyane: 'French Guiana',
    'saint-pierre-et-miquelon': 'Saint Pierre and Miquelon',
    'saint-barthelemy': 'Saint Barthélemy',
    'saint-martin': 'Saint Martin',
    polynesie: 'French Polynesia',
    'abroad-americas': 'Abroad, Americas',
    reunion: 'Réunion',
    mayotte: 'Mayotte',
    'nouvelle-caledonie': 'New Caledonia',
    'wallis-et-futuna': 'Wallis and Futuna',
    abroad: 'Abroad',
    'us-atlantic': 'US Atlantic',
    'us-eastern': 'US Eastern',
    'us-central': 'US Central',
    'us-mountain': 'US Mountain',
    'us-pacific': 'US Pacific',
    'us-alaska': 'Alaska',
    'us-hawaii': 'Hawaii',
  },
});

/** French departments by the code of INSEE. */
const DEPARTMENTS: ReadonlyMap<string, string> = new Map(
  [
    '01 Ain|02 Aisne|03 Allier|04 Alpes-de-Haute-Provence|05 Hautes-Alpes|06 Alpes-Maritimes',
    '07 Ardèche|08 Ardennes|09 Ariège|10 Aube|11 Aude|12 Aveyron|13 Bouches-du-Rhône|14 Calvados',
    '15 Cantal|16 Charente|17 Charente-Maritime|18 Cher|19 Corrèze|2A Corse-du-Sud|2B Haute-Corse',
    '21 Côte-d’Or|22 Côtes-d’Armor|23 Creuse|24 Dordogne|25 Doubs|26 Drôme|27 Eure|28 Eure-et-Loir',
    '29 Finistère|30 Gard|31 Haute-Garonne|32 Gers|33 Gironde|34 Hérault|35 Ille-et-Vilaine|36 Indre',
    '37 Indre-et-Loire|38 Isère|39 Jura|40 Landes|41 Loir-et-Cher|42 Loire|43 Haute-Loire',
    '44 Loire-Atlantique|45 Loiret|46 Lot|47 Lot-et-Garonne|48 Lozère|49 Maine-et-Loire|50 Manche',
    '51 Marne|52 Haute-Marne|53 Mayenne|54 Meurthe-et-Moselle|55 Meuse|56 Morbihan|57 Moselle',
    '58 Nièvre|59 Nord|60 Oise|61 Orne|62 Pas-de-Calais|63 Puy-de-Dôme|64 Pyrénées-Atlantiques',
    '65 Hautes-Pyrénées|66 Pyrénées-Orientales|67 Bas-Rhin|68 Haut-Rhin|69 Rhône|70 Haute-Saône',
    '71 Saône-et-Loire|72 Sarthe|73 Savoie|74 Haute-Savoie|75 Paris|76 Seine-Maritime',
    '77 Seine-et-Marne|78 Yvelines|79 Deux-Sèvres|80 Somme|81 Tarn|82 Tarn-et-Garonne|83 Var',
    '84 Vaucluse|85 Vendée|86 Vienne|87 Haute-Vienne|88 Vosges|89 Yonne|90 Territoire de Belfort',
    '91 Essonne|92 Hauts-de-Seine|93 Seine-Saint-Denis|94 Val-de-Marne|95 Val-d’Oise|971 Guadeloupe',
    '972 Martinique|973 Guyane|974 La Réunion|976 Mayotte',
  ]
    .flatMap((line) => line.split('|'))
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
);

/** What a department or a territory is called; what is neither, by its own name. */
export function placeName(place: string, territories: Readonly<Record<string, string>>): string {
  const department = DEPARTMENTS.get(place);
  return department === undefined ? (territories[place] ?? place) : `${department} (${place})`;
}
