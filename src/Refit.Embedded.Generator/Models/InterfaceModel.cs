namespace Refit.Generator;

/// <summary>An interface to implement.</summary>
/// <param name="TypeName">Its name with its namespace.</param>
/// <param name="ClassName">The name of the class that implements it.</param>
/// <param name="Methods">Its methods and those that it inherits.</param>
internal sealed record InterfaceModel(string TypeName, string ClassName, EquatableArray<MethodModel> Methods);
