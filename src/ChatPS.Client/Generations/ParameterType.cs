namespace ChatPS.Client.Generations;

/// <summary>What kind of value a parameter of a generation takes.</summary>
public enum ParameterType
{
    /// <summary>A text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>Several texts.</summary>
    Texts,

    /// <summary>A picture: a file, bytes, or an address.</summary>
    Picture,

    /// <summary>Several pictures.</summary>
    Pictures,

    /// <summary>A structure: a hashtable, or a list of them.</summary>
    Structure,
}
