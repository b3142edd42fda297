// What stands in the place of a number of common neighbours for a word whose neighbours were not compared.

export const NOT_COMPARED = 255;
