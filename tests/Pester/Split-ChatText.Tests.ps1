BeforeAll {
    . $PSScriptRoot/common.ps1
    $folder = Join-Path $TestDrive 'docs'
    $null = New-Item $folder -ItemType Directory
    Set-Content (Join-Path $folder 'keys.md') "# Keys`n`nKeys are rotated each quarter by the team on call.`n`n## How`n`nTo rotate the key, open a ticket and wait for an answer." -Encoding utf8
    Set-Content (Join-Path $folder 'run.ps1') "# Remark`nGet-Process | Stop-Process" -Encoding utf8
}

AfterAll {
    Clear-Test
}

Describe 'Split-ChatText' {
    It 'cuts files at headings, and tells where each piece stands' {
        Push-Location $TestDrive
        $pieces = @(Get-ChildItem docs -Recurse -Filter *.md | Split-ChatText -MaxToken 20)
        Pop-Location
        $pieces | Should -BeOfType ChatPS.ChatTextPiece
        $pieces.Count | Should -Be 2
        $pieces[1].Text.TrimEnd() | Should -BeExactly "## How`n`nTo rotate the key, open a ticket and wait for an answer."
        $pieces.Source | Should -BeExactly (@('docs/keys.md') * 2).Replace('/', [string] [IO.Path]::DirectorySeparatorChar)
        $pieces.Heading | Should -BeExactly 'Keys', 'Keys > How'
        $pieces.Index | Should -Be 0, 1
        $pieces[1].Line | Should -Be 5
        $pieces[1].Input | Should -BeOfType IO.FileInfo
        -join $pieces.Text | Should -BeExactly ([IO.File]::ReadAllText((Join-Path $folder 'keys.md')))
        $pieces[1].Start | Should -Be $pieces[0].Length
    }

    It 'gives the whole path of a file that lies elsewhere' {
        (Get-Item (Join-Path $folder 'keys.md') | Split-ChatText).Source | Should -BeExactly (Get-Item (Join-Path $folder 'keys.md')).FullName
    }

    It 'takes a remark in a script for no heading' {
        (Get-Item (Join-Path $folder 'run.ps1') | Split-ChatText).Heading | Should -BeNullOrEmpty
    }

    It 'cuts texts and columns of rows' {
        $piece = [pscustomobject]@{ Id = 7; Body = 'Well done.' } | Split-ChatText -Property Body
        $piece.Text | Should -BeExactly 'Well done.'
        $piece.Input.Id | Should -Be 7
        $piece.Source | Should -BeNullOrEmpty
        "$(Split-ChatText 'as it is ')" | Should -BeExactly 'as it is '
    }

    It 'repeats the end of a piece' {
        $pieces = 'One two three four five. Six seven eight. Nine ten eleven twelve thirteen fourteen.' | Split-ChatText -MaxToken 16 -Overlap 6
        $pieces[1].Text | Should -BeLike 'Six seven eight. Nine*'
    }

    It 'emits pieces as they are cut' {
        @(('word. ' * 200000) | Split-ChatText | Select-Object -First 2).Count | Should -Be 2
    }

    It 'makes an error of what is no text, skips folders, and goes on' {
        $binary = New-TestFile (Join-Path $TestDrive 'x.bin') binary
        $pieces = @('a', '', $null, [pscustomobject]@{ Id = 1 }, $binary, (Get-Item $folder), 'b' | Split-ChatText -ErrorAction SilentlyContinue -ErrorVariable failures)
        $pieces.Text | Should -BeExactly 'a', 'b'
        @($failures).Count | Should -Be 4
        $failures.FullyQualifiedErrorId | Should -BeLike 'InvalidRequest*'
        $failures[2].TargetObject.Id | Should -Be 1
        "$($failures[0])" | Should -BeLike 'Item 2: *'
        "$($failures[3])" | Should -BeLike 'Item 5 (*x.bin): *'
    }

    It 'skips a file without text with a warning, so that a folder comes through' {
        $none = Join-Path $TestDrive 'none'
        $null = New-Item $none -ItemType Directory
        Set-Content (Join-Path $none a.md) '' -NoNewline
        Set-Content (Join-Path $none b.md) " `n`n"
        Set-Content (Join-Path $none c.md) 'text' -NoNewline
        $pieces = @(Get-ChildItem $none | Split-ChatText -ErrorAction Stop -WarningAction SilentlyContinue -WarningVariable warnings)
        $pieces.Text | Should -BeExactly 'text'
        @($warnings).Count | Should -Be 2
        "$($warnings[0])" | Should -BeLike '*a.md*no text*'
    }

    It 'takes what stands at the top of a file between lines of --- for no text of its own' {
        $file = Join-Path $TestDrive 'front.md'
        Set-Content $file "---`ntitle: Keys`n# a remark`ntags: [a, b]`n---`n`n# Keys`n`nTo rotate them, open a ticket, and wait for the answer.`n`n## Why`n`nIt is the rule." -Encoding utf8
        $pieces = @(Get-Item $file | Split-ChatText -MaxToken 40)
        $pieces.Heading | Should -BeExactly 'Keys', 'Keys > Why'
        $pieces[0].Text | Should -BeLike '---*title: Keys*# Keys*To rotate them*'
        (Get-Item $file | Split-ChatText).Heading | Should -BeExactly 'Keys'
    }

    It 'refuses limits that cannot be' {
        { Split-ChatText a -MaxToken 3 } | Should -Throw '*-MaxToken*'
        { Split-ChatText a -Overlap 300 } | Should -Throw '*-Overlap*'
    }

    It 'asks no service' {
        Connect-TestSandbox
        $null = 'a' | Split-ChatText
        @(Get-TestRequest).Count | Should -Be 0
    }
}
