import { sampleDeployment, sampleFiles, sampleObject } from '../samples';

/** An Application of the project shop, or of another. */
export const sampleApplication = (folder: string, project = 'shop'): string =>
  sampleObject(
    'argoproj.io/v1alpha1',
    'Application',
    `project: ${project}\nsource:\n  repoURL: https://git.example.org/shop.git\n  path: ${folder}\n  targetRevision: main\ndestination:\n  server: https://kubernetes.default.svc\n  namespace: shop`,
    'namespace: argocd',
  );
const project = (kinds: string): string =>
  sampleObject(
    'argoproj.io/v1alpha1',
    'AppProject',
    `sourceRepos:\n  - https://git.example.org/shop.git\ndestinations:\n  - server: https://kubernetes.default.svc\n    namespace: shop\nnamespaceResourceWhitelist:\n  - group: apps\n    kind: ${kinds}`,
    'namespace: argocd',
  ).replace('name: web', 'name: shop');
/** An Application, its project that lets a kind in, and the folder that it deploys. */
export const sampleDelivery = (app: string, kinds = 'Deployment'): string =>
  sampleFiles({
    'argocd/app.yaml': app,
    'argocd/project.yaml': project(kinds),
    'dist/shop/web.yaml': sampleDeployment(''),
  });
