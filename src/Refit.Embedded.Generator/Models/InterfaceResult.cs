namespace Refit.Generator;

/// <summary>What came of an interface: a model, or what is wrong with it.</summary>
internal sealed record InterfaceResult(InterfaceModel? Model, EquatableArray<DiagnosticModel> Diagnostics);
