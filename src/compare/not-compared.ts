// What stands in the place of a number of common neighbors for a word whose neighbors were not compared.

export const NOT_COMPARED = 255;
