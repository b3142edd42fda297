// A binary tree in characters: the root at the left, each node below its parent, after the bit that leads to it.
import type { DrawnTree, TreeNode } from '../../explain/blocks.ts';
import { thousands } from '../../format-numbers.ts';

export function treeLines({ root }: DrawnTree): string[] {
  return [nameOf(root), ...below(root, '')];
}

function nameOf({ name, count, marked }: TreeNode): string {
  return `${name} (${thousands(count)})${marked ? ' *' : ''}`;
}

function below({ children }: TreeNode, before: string): string[] {
  return (children ?? []).flatMap((child, bit) => [
    `${before}${bit === 0 ? '├' : '└'}${bit} ${nameOf(child)}`,
    ...below(child, `${before}${bit === 0 ? '│' : ' '}  `),
  ]);
}
