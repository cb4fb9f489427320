namespace ChatPS.Api.Wire;

/// <summary>
/// The members of a type that are the answer itself: they must be of the form expected. All others stand beside it, and so does
/// whatever is below them: one of an odd form is null, and the answer stands.
/// </summary>
/// <param name="members">The names of the properties.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class AnswerAttribute(params string[] members) : Attribute
{
    public string[] Members { get; } = members;
}
