namespace Refit.Generator;

/// <summary>What a method returns.</summary>
/// <param name="Type">The type, with its nullable annotations.</param>
/// <param name="RuntimeType">The type without them, for <c>typeof</c>.</param>
/// <param name="Kind">How the answer is treated.</param>
/// <param name="Content">What the body is read as, if it is.</param>
internal sealed record ReturnModel(string Type, string RuntimeType, ReturnKind Kind, string? Content);
