import { isCertain, killAt, killPoints } from './kill-points';

const refresh = (application: string): string => `PATCH applications/${application} (refresh)`;

describe('where a rollout is killed', () => {
  const step = ['PUT leases/x', 'git commit', 'git push', refresh('root'), refresh('web')];

  test('every place between two writes is come to, from the one side or the other', () => {
    expect(killPoints(step, 'after').map(killAt)).toEqual([
      'before 1 0 PUT leases/x',
      'after 1 0 PUT leases/x',
      'after 1 0 git commit',
      'after 1 0 git push',
      `after 1 1 ${refresh('root')}`,
      `after 1 1 ${refresh('web')}`,
    ]);
    expect(killPoints(step, 'before').map(killAt)).toEqual([
      'before 1 0 PUT leases/x',
      'before 1 0 git commit',
      'before 1 0 git push',
      `before 1 1 ${refresh('root')}`,
      `before 1 1 ${refresh('web')}`,
      `after 1 1 ${refresh('web')}`,
    ]);
  });

  test('of what a loop repeats: the first, the second and the last, and of later rounds the end', () => {
    const renewed = Array.from({ length: 7 }, () => 'PUT leases/x');
    expect(killPoints(renewed, 'after').map(({ nth }) => nth)).toEqual([1, 1, 2, 7]);
    const rounds = [1, 2, 3, 4].flatMap(() => [refresh('root'), refresh('web')]);
    expect(killPoints(rounds, 'before').map(killAt)).toEqual([
      `before 1 0 ${refresh('root')}`,
      `before 1 0 ${refresh('web')}`,
      `before 2 0 ${refresh('web')}`,
      `before 4 0 ${refresh('web')}`,
      `after 4 0 ${refresh('web')}`,
    ]);
  });

  test('what follows the push of a revert is a place of its own, and giving the Lease back is no renewal', () => {
    const names = [...step, 'git commit', 'git push', refresh('root'), 'PUT leases/x (release)'];
    const places = killPoints(names, 'before').map(killAt);
    expect(places).toContain('before 1 1 git commit');
    expect(places).toContain(`before 1 2 ${refresh('root')}`);
    expect(places).toContain('before 1 2 PUT leases/x (release)');
  });

  test('only what every run does must be met', () => {
    const certain = (name: string, nth: number): boolean => isCertain({ moment: 'after', name, pushes: 1, nth });
    expect(certain('git push', 1)).toBe(true);
    expect(certain(refresh('root'), 2)).toBe(false);
    expect(certain('PATCH applications/root (end of operation)', 1)).toBe(false);
  });
});
