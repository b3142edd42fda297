import { expect, it } from 'vitest';
import { sharedMemory } from '../../src/kernels/load.ts';
import { startKernel } from '../../src/kernels/start.ts';

const memory = sharedMemory(1 << 16);
const constants = { firstSlots: 4096, firstSlotCount: 16, masks: 1024, plain: 1088 };
const others = { byteClass: 2048, lowerCase: true, known: 8192, invalidClass: 1, longest: 9, mostTypes: 99, out: 1152 };
const functions = { classify: () => 1, made() {}, prune() {}, settle() {}, forbidden() {}, full() {} };

it('gives a kernel its constants and functions by name', () => {
  const kernel = startKernel('tokens', { memory, functions, constants: { ...constants, ...others } });
  expect((kernel.slotsAt as () => number)()).toBe(4096);
  expect((kernel.slotsInTable as () => number)()).toBe(16);
});

it('refuses to start one that is not given all it declares', () => {
  expect(() => startKernel('tokens', { memory, functions, constants })).toThrow(
    'the kernel declares byteClass, which is not given',
  );
});
