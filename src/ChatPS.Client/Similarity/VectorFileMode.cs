namespace ChatPS.Client.Similarity;

/// <summary>What happens to a file of vectors that is there already.</summary>
public enum VectorFileMode
{
    /// <summary>It is kept, and that is an error.</summary>
    New,

    /// <summary>The vectors are added to it. If there is none, it is made.</summary>
    Append,

    /// <summary>It is replaced when all vectors are there; until then it stays as it is.</summary>
    Replace,
}
