#!/usr/bin/env python3
"""Write the reports of examples/reports, one in each kind of file: the places are real, the figures invented.

Run it after a text below has changed; it needs Chromium and ``pip install '.[files]'``. Start at `main`.
"""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
from pathlib import Path

import docx

FOLDER = Path(__file__).parents[1] / "examples" / "reports"

BAISHUI = """白水县卫生健康局2023年工作总结

一、医疗服务。2023年，全县医疗卫生机构总诊疗132.6万人次，同比增长4.1%；出院3.2万人次，同比增长6.7%。全县有医疗卫生机构床位1480张，较上年增加60张。
二、基层卫生。全县有卫生院14所、村卫生室148所。家庭医生签约率达到46.5%，较上年提高5.0个百分点；重点人群签约率达到82.3%。
三、公共卫生。产前检查率为97.6%，高血压患者规范管理率达到71.8%，老年人健康管理率达到70.2%。
四、下一步工作。力争到2024年底，家庭医生签约率达到50%以上，高血压患者规范管理率达到75%以上。

白水县卫生健康局
2024年1月15日
"""

CHENGCHENG = """澄城县2023年卫生健康工作情况

全年医疗卫生机构总诊疗141.9万人次，同比增长2.8%；出院3.6万人次，同比增长5.2%。截至2023年底，全县有卫生院12所、村卫生室161所，床位1625张。
家庭医生签约率达到41.2%，低于全市平均水平3.3个百分点。产前检查率为96.9%，高血压患者规范管理率达到68.4%，老年人健康管理率达到66.7%。
2024年目标：家庭医生签约率达到45%以上。

澄城县卫生健康局
2024年1月9日
"""

PUCHENG = (
    "蒲城县2023年卫生健康工作总结",
    "2024-01-22",
    [
        (
            "2023年，全县医疗卫生机构总诊疗298.4万人次，同比增长5.5%；出院7.9万人次，同比增长8.3%。"
            "全县有医疗卫生机构床位3870张。"
        ),
        (
            "全县家庭医生签约率达到49.8%，较上年提高3.6个百分点；产前检查率为98.1%，高血压患者规范管理率达到74.3%，"
            "老年人健康管理率达到72.5%。"
        ),
        "力争到2024年底，家庭医生签约率达到52%以上，老年人健康管理率达到75%以上。",
    ],
)

FUPING = [
    "富平县卫生健康局2023年工作总结",
    "2023年，全县医疗卫生机构总诊疗311.7万人次，同比增长3.9%；出院8.8万人次，同比增长4.6%。",
    "全县有医院27家，其中公立医院9家、民营医院16家；床位4310张。",
    "家庭医生签约率达到44.7%，产前检查率为97.2%，高血压患者规范管理率达到72.6%，老年人健康管理率达到69.8%。",
    "力争到2024年底，家庭医生签约率达到48%以上。",
    "富平县卫生健康局",
    "2024年1月18日",
]

HEYANG = (
    "合阳县卫生健康局2023年工作总结",
    [
        (
            "一、医疗服务。2023年，全县医疗卫生机构总诊疗168.3万人次，同比增长6.2%；出院4.4万人次，同比增长7.1%。"
            "全县有医疗卫生机构床位1910张，较上年增加85张。"
        ),
        "二、基层卫生。全县有卫生院16所、村卫生室172所。家庭医生签约率达到52.4%，高于全市平均水平7.9个百分点。",
    ],
    [
        "三、公共卫生。产前检查率为98.4%，高血压患者规范管理率达到76.1%，老年人健康管理率达到74.9%。",
        "四、下一步工作。力争到2024年底，家庭医生签约率达到55%以上。",
        "2024年1月12日",
    ],
)


def web_page(title: str, day: str, paragraphs: list[str]) -> str:
    """Return a report as the site of a county shows it, with what stands around it."""
    body = "\n".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    return f"""<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="PubDate" content="{day}">
</head>
<body>
<nav><a href="/">首页</a> <a href="/news">政务动态</a> <a href="/open">政府信息公开</a></nav>
<article>
<h1>{title}</h1>
<p>发布时间：{day} 来源：蒲城县卫生健康局</p>
{body}
</article>
<footer>主办：蒲城县人民政府办公室</footer>
</body>
</html>
"""


def printed_pages(title: str, *pages: list[str]) -> str:
    """Return the page that is printed to PDF, one sheet for each list of paragraphs."""
    style = 'body { font: 14pt/1.8 "Noto Serif CJK SC" } section { break-after: page } h1 { font-size: 18pt }'
    sheets = "".join(f"<section>{''.join(f'<p>{text}</p>' for text in page)}</section>" for page in pages)
    return f'<!DOCTYPE html><meta charset="utf-8"><title>{title}</title><style>{style}</style><h1>{title}</h1>{sheets}'


def write_pdf(path: Path, source: str) -> None:
    """Print a web page with Chromium."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        raise SystemExit("The PDF file needs Chromium: apt-get install chromium.")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(source, encoding="utf-8")
        command = [program, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        command += ["--no-pdf-header-footer", f"--print-to-pdf={path}", page.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603


def write_word(path: Path, paragraphs: list[str]) -> None:
    """Write a Word file, its first paragraph as the title."""
    document = docx.Document()
    document.add_heading(paragraphs[0], level=0)
    for paragraph in paragraphs[1:]:
        document.add_paragraph(paragraph)
    document.save(str(path))


def main() -> None:
    """Write the five files."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "baishui.txt").write_text(BAISHUI, encoding="utf-8")
    (FOLDER / "chengcheng.txt").write_text(CHENGCHENG, encoding="gb18030")
    (FOLDER / "pucheng.html").write_text(web_page(*PUCHENG), encoding="utf-8")
    write_word(FOLDER / "fuping.docx", FUPING)
    write_pdf(FOLDER / "heyang.pdf", printed_pages(HEYANG[0], *HEYANG[1:]))


if __name__ == "__main__":
    main()
