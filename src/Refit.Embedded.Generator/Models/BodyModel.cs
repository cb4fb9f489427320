namespace Refit.Generator;

/// <summary>The body of a request.</summary>
/// <param name="Expression">The expression that reads it.</param>
/// <param name="Method">The member of BodySerializationMethod.</param>
/// <param name="Buffered">Whether it was asked to be buffered.</param>
/// <param name="Form">The fields, when it is a form.</param>
internal sealed record BodyModel(string Expression, string Method, bool? Buffered, EquatableArray<FormFieldModel>? Form);
