namespace Refit.Generator;

/// <summary>An interface and the class that implements it.</summary>
internal sealed record RegistrationModel(string TypeName, string ClassName);
