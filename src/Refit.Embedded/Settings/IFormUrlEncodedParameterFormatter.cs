namespace Refit;

/// <summary>Turns values of a form into text.</summary>
internal interface IFormUrlEncodedParameterFormatter
{
    /// <summary>Formats a value; null leaves it out.</summary>
    string? Format(object? value, string? formatString);
}
