namespace Refit.Behaviour;

internal sealed record Person(string Name, int Age);
