BeforeAll {
    . $PSScriptRoot/common.ps1
    Connect-TestSandbox
    $embeddings = 'rotate keys', 'brew tea', 'plant trees' | Get-ChatEmbedding

    function New-Embedding([float[]] $Vector, $Model = 'a', $Entry) {
        [ChatPS.ChatEmbedding]@{ Vector = $Vector; Model = $Model; Text = "$Vector"; Input = $Entry }
    }
}

AfterAll {
    Clear-Test
}

Describe 'Export-ChatEmbedding' {
    BeforeEach {
        $path = Join-Path $TestDrive "$(New-Guid).vec"
    }

    It 'writes what Import-ChatEmbedding reads' {
        $embeddings | Export-ChatEmbedding $path | Should -BeNullOrEmpty
        $read = @(Import-ChatEmbedding $path)
        $read.Text | Should -BeExactly 'rotate keys', 'brew tea', 'plant trees'
        $read[1].Vector | Should -Be $embeddings[1].Vector
        $read.Model | Should -Be $embeddings.Model
        $read.Index | Should -Be 0, 1, 2
        $read[0].Input | Should -BeNullOrEmpty
        $read[0].Tokens | Should -BeNullOrEmpty
    }

    It 'emits the file with -PassThru' {
        ($embeddings | Export-ChatEmbedding $path -PassThru).FullName | Should -Be (Get-Item $path).FullName
    }

    It 'doubles nothing when it is run twice' {
        $embeddings | Export-ChatEmbedding $path
        { $embeddings | Export-ChatEmbedding $path } | Should -Throw '*exists*'
        @(Import-ChatEmbedding $path).Count | Should -Be 3
        $embeddings | Export-ChatEmbedding $path -Append -WarningAction SilentlyContinue -WarningVariable warning
        @(Import-ChatEmbedding $path).Count | Should -Be 3
        @($warning).Count | Should -Be 1
        "$warning" | Should -BeLike "*all 3 texts already*"
        $embeddings | Export-ChatEmbedding $path -Force
        @(Import-ChatEmbedding $path).Count | Should -Be 3
        { $embeddings | Export-ChatEmbedding $path -Force -Append } | Should -Throw '*-Append and -Force*'
    }

    It 'adds with -Append what the file has not yet' {
        $rows = 1, 2 | ForEach-Object { New-Embedding 1, 2 -Entry ([pscustomobject]@{ Id = $_ }) }
        $rows[0] | Export-ChatEmbedding $path
        $told = $rows[0], $rows[1], $rows[1] | Export-ChatEmbedding $path -Append -Verbose -WarningVariable warning 4>&1
        (Import-ChatEmbedding $path).Input.Id | Should -Be 1, 2, 2 -Because 'equal ones of one run stay as they are'
        "$told" | Should -BeLike '*2 vectors were added*had 1 already*'
        $warning | Should -BeNullOrEmpty
        Import-ChatEmbedding $path | Export-ChatEmbedding (Join-Path $TestDrive 'copy.vec') -Force
        $rows | Export-ChatEmbedding (Join-Path $TestDrive 'copy.vec') -Append -WarningAction SilentlyContinue
        @(Import-ChatEmbedding (Join-Path $TestDrive 'copy.vec')).Count | Should -Be 3
    }

    It 'writes what is left of a file into the same file' {
        1..4 | ForEach-Object { New-Embedding 1, $_ -Entry ([pscustomobject]@{ Id = $_; Tags = @('a', 'b'); Heading = $null }) } | Export-ChatEmbedding $path -Property Id, Tags, Heading
        Import-ChatEmbedding $path | Where-Object { $_.Input.Id -ne 2 } | Export-ChatEmbedding $path -Force
        $left = @(Import-ChatEmbedding $path)
        $left.Input.Id | Should -Be 1, 3, 4
        $left[0].Input | ConvertTo-Json -Compress | Should -BeExactly '{"Id":1,"Tags":["a","b"],"Heading":null}' -Because 'what a file keeps is kept whole'
        $left[2].Vector | Should -Be 1, 4
    }

    It 'clears away what a killed run left, and nothing else' {
        $embeddings | Export-ChatEmbedding $path
        $stale = "$path.$([guid]::NewGuid().ToString('N')).tmp"
        $held = "$path.$([guid]::NewGuid().ToString('N')).tmp"
        $other = "$path.backup.tmp", "$path.$([guid]::NewGuid().ToString('N')).tmp.old", "$(Join-Path $TestDrive other.vec).$([guid]::NewGuid().ToString('N')).tmp"
        Set-Content (@($stale) + $other) 'x'
        $stream = [IO.FileStream]::new($held, 'CreateNew', 'ReadWrite', 'Read')
        try {
            $embeddings | Export-ChatEmbedding $path -Force
        } finally {
            $stream.Dispose()
        }

        Test-Path $stale | Should -BeFalse
        Test-Path (@($held) + $other) | Should -Be @($true, $true, $true, $true)
        Remove-Item (@($held) + $other)
    }

    It 'finds out before anything is asked that the file cannot be written' {
        Connect-TestSandbox
        $embeddings | Export-ChatEmbedding $path
        foreach ($bad in $path, $TestDrive, (Join-Path $TestDrive 'none/a.vec')) {
            { 'a' | Get-ChatEmbedding | Export-ChatEmbedding $bad } | Should -Throw '*-Path*'
        }

        Set-Content $path 'something else'
        { 'a' | Get-ChatEmbedding | Export-ChatEmbedding $path -Append } | Should -Throw '*no file of vectors*'
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'keeps of <What> what is usual' -ForEach @(
        @{ What = 'a row'; Entry = { [pscustomobject]@{ Id = 7; Name = 'x'; Tags = @('a', 'b'); When = [datetime]::new(2026, 1, 2, 0, 0, 0, [DateTimeKind]::Utc) } }; Kept = '{"Id":7,"Name":"x","When":"2026-01-02T00:00:00.0000000Z"}' }
        @{ What = 'a table'; Entry = { [ordered]@{ Id = 7 } }; Kept = '{"Id":7}' }
        @{ What = 'a text'; Entry = { 'text' }; Kept = 'null' }
        @{ What = 'a number'; Entry = { 5 }; Kept = 'null' }
    ) {
        New-Embedding 1, 2 -Entry (& $Entry) | Export-ChatEmbedding $path
        (Import-ChatEmbedding $path).Input | ConvertTo-Json -Compress | Should -BeExactly $Kept
    }

    It 'keeps of a piece where it stands, and of a file its path' {
        $file = Join-Path $TestDrive 'keys.md'
        Set-Content $file "# Keys`n`nRotate them." -Encoding utf8
        Get-Item $file | Split-ChatText | Get-ChatEmbedding | Export-ChatEmbedding $path
        $kept = (Import-ChatEmbedding $path).Input
        $kept.psobject.Properties.Name | Should -Be 'Source', 'Index', 'Start', 'Line', 'Heading'
        $kept.Heading | Should -BeExactly 'Keys'
        Get-Item $file | Get-ChatEmbedding | Export-ChatEmbedding $path -Force
        (Import-ChatEmbedding $path).Input.FullName | Should -Be (Get-Item $file).FullName
    }

    It 'keeps what -Property names, and makes an error of an item without it' {
        $rows = [pscustomobject]@{ Id = 1; Tags = @('a', 'b'); Name = 'x' }, [pscustomobject]@{ Id = 2 }
        $rows | ForEach-Object { New-Embedding 1, 2 -Entry $_ } | Export-ChatEmbedding $path -Property id, Tags -ErrorAction SilentlyContinue -ErrorVariable failure
        (Import-ChatEmbedding $path).Input | ConvertTo-Json -Compress | Should -BeExactly '{"id":1,"Tags":["a","b"]}'
        @($failure).Count | Should -Be 1
        $failure[0].Exception.Message | Should -BeLike "*'Tags'*"
    }

    It 'refuses another model or dimension, item by item' {
        $items = (New-Embedding 1, 2), (New-Embedding 1, 2 -Model b), (New-Embedding 1, 2, 3), (New-Embedding 1, ([float]::NaN)), 5, (New-Embedding 3, 4)
        $items | Export-ChatEmbedding $path -ErrorAction SilentlyContinue -ErrorVariable failures
        (Import-ChatEmbedding $path).Text | Should -Be '1 2', '3 4'
        @($failures).Count | Should -Be 4
        $failures.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        $failures[0].Exception.Message | Should -BeLike "*'b'*'a'*"
        { New-Embedding 1, 2 -Model b | Export-ChatEmbedding $path -Append } | Should -Throw "*'a'*'b'*"
        { New-Embedding 1, 2, 3 | Export-ChatEmbedding $path -Append } | Should -Throw '*2 numbers*3*'
        @(Import-ChatEmbedding $path).Count | Should -Be 2
    }

    It 'writes nothing for -WhatIf or without input' {
        $embeddings | Export-ChatEmbedding $path -WhatIf
        @() | Export-ChatEmbedding $path
        Test-Path $path | Should -BeFalse
    }

    It 'keeps what had come when the pipeline ends before its end' {
        try { & { $embeddings[0..1]; throw 'stop' } | Export-ChatEmbedding $path } catch { $null = $_ }
        (Import-ChatEmbedding $path).Text | Should -BeExactly 'rotate keys', 'brew tea'
        try { & { $embeddings[2]; throw 'stop' } | Export-ChatEmbedding $path -Force } catch { $null = $_ }
        (Import-ChatEmbedding $path).Text | Should -BeExactly 'rotate keys', 'brew tea'
        @(Get-ChildItem $TestDrive -Filter *.tmp).Count | Should -Be 0
    }

    It 'loses nothing but the unfinished block when it is killed' {
        $script = Join-Path $TestDrive 'write.ps1'
        Set-Content $script @'
param($Module, $Path, $Round)
Import-Module $Module
$vector = [float[]]::new(3072)
& { for ($i = 0; ; $i++) { $own = $vector.Clone(); $own[0] = $i; [ChatPS.ChatEmbedding]@{ Vector = $own; Model = 'a'; Text = "$Round.$i" } } } | Export-ChatEmbedding $Path -Append
'@
        $count = 0
        foreach ($round in 1..3) {
            $run = [Diagnostics.Process]::Start((New-PowerShellStart '-NoProfile', '-NonInteractive', '-File', $script, $ModulePath, $path, $round))
            $least = (4MB + 100KB) * 2 + $(if (Test-Path $path) { (Get-Item $path).Length } else { 0 })
            Wait-Until { (Test-Path $path) -and (Get-Item $path).Length -ge $least } -TimeoutSec 60
            $run.Kill()
            $run.WaitForExit()
            $run.Dispose()
            $texts = @(Import-ChatEmbedding $path -WarningAction SilentlyContinue | ForEach-Object Text)
            $texts.Count | Should -BeGreaterThan $count
            $texts.Count % 341 | Should -Be 0 -Because 'blocks are there whole or not at all'
            $part = $texts[$count..($texts.Count - 1)]
            $part | Should -Be (0..($part.Count - 1) | ForEach-Object { "$round.$_" })
            $count = $texts.Count
        }
    }
}
