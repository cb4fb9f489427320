namespace Refit.Generator;

/// <summary>A parameter as the signature has it.</summary>
internal sealed record ParameterModel(string Type, string Name);
