BeforeAll {
    . $PSScriptRoot/common.ps1
    Connect-TestSandbox
    $path = Join-Path $TestDrive 'a.vec'
    'rotate keys', 'brew tea' | Get-ChatEmbedding | Export-ChatEmbedding $path
}

AfterAll {
    Clear-Test
}

Describe 'Import-ChatEmbedding' {
    It 'reads files by name, by wildcard and from the pipeline' {
        Copy-Item $path (Join-Path $TestDrive 'b[1].vec')
        @(Import-ChatEmbedding (Join-Path $TestDrive '*.vec')).Count | Should -Be 4
        @(Get-ChildItem $TestDrive -Filter *.vec | Import-ChatEmbedding).Count | Should -Be 4
        @($path | Import-ChatEmbedding).Text | Should -BeExactly 'rotate keys', 'brew tea'
    }

    It 'leaves the file when the pipeline has had enough' {
        (Import-ChatEmbedding $path | Select-Object -First 1).Text | Should -BeExactly 'rotate keys'
        Get-ChatEmbedding tea | Export-ChatEmbedding $path -Append
        @(Import-ChatEmbedding $path).Count | Should -Be 3
    }

    It 'leaves out what was not finished, and says so' {
        $torn = Join-Path $TestDrive 'torn.vec.x'
        [IO.File]::WriteAllBytes($torn, [IO.File]::ReadAllBytes($path) + [byte[]]::new(500))
        @(Import-ChatEmbedding $torn -WarningVariable warning -WarningAction SilentlyContinue).Count | Should -BeGreaterThan 1
        $warning | Should -BeLike '*not finished*'
        Get-ChatEmbedding tea | Export-ChatEmbedding $torn -Append
        Import-ChatEmbedding $torn -WarningVariable warning | Should -Not -BeNullOrEmpty
        $warning | Should -BeNullOrEmpty
    }

    It 'makes an error of what is no such file, and reads the others' {
        $other = Join-Path $TestDrive 'other.txt'
        Set-Content $other 'text'
        $bytes = [IO.File]::ReadAllBytes($path)
        $bytes[400] = $bytes[400] -bxor 8
        $damaged = Join-Path $TestDrive 'damaged.x'
        [IO.File]::WriteAllBytes($damaged, $bytes)
        $read = @(Import-ChatEmbedding $other, $damaged, (Join-Path $TestDrive none.vec), (Join-Path $TestDrive 'none*'), $path -ErrorAction SilentlyContinue -ErrorVariable failures)
        $read.Count | Should -BeGreaterThan 1
        $failures.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        $failures[0].Exception.Message | Should -BeLike '*no file of vectors*'
        $failures[1].Exception.Message | Should -BeLike '*damaged*'
        $failures[2].Exception.Message | Should -BeLike '*there is no file*'
        $failures[3].Exception.Message | Should -BeLike '*there is no file like*'
    }
}
