namespace ChatPS.Client.Tests;

/// <summary>No other test of this suite runs while the environment is another one.</summary>
[CollectionDefinition(nameof(EnvironmentCollection), DisableParallelization = true)]
public sealed class EnvironmentCollection;
